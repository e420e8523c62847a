# Asks R's survey package what expected.json does not: Rscript more.R > more.csv
# Columns: id, then the numbers. Made with R 4.2.2 and survey 4.1-1.
suppressMessages(library(survey))
options(digits = 15)
d <- read.csv("household_persons.csv")
des <- svydesign(id = ~hh_id, strata = ~village, weights = ~weight, fpc = ~n_hh_village, data = d)
wr <- svydesign(id = ~hh_id, strata = ~village, weights = ~weight, data = d)
say <- function(id, ...) cat(id, format(c(...), digits = 15, trim = TRUE), sep = ",", fill = 100000)
plain <- function(x) as.vector(unlist(x))

m <- svyby(~care_hours_m, ~sex + employed, des, svymean, na.rm = TRUE, deff = TRUE)
say("na.by2.mean", coef(m)); say("na.by2.se", plain(SE(m))); say("na.by2.deff", plain(deff(m)))
m <- svyby(~care_hours_m, ~sex, des, svymean, na.rm = TRUE, deff = "replace")
say("na.sex.deff_wr", m[, grep("DEff", names(m))])
say("total.deff", plain(deff(svytotal(~care_hours, des, deff = TRUE))))
say("total.deff_wr", plain(deff(svytotal(~care_hours, des, deff = "replace"))))
r <- svyratio(~wage_work, ~employed, subset(des, sex == "F"), deff = TRUE)
say("ratio.F", coef(r), SE(r), plain(deff(r)))
r <- svyratio(~wage_work, ~employed, des, deff = "replace"); say("ratio.deff_wr", plain(deff(r)))
r <- svyratio(~care_hours_m, ~age, subset(wr, education == "primary"), na.rm = TRUE)
say("ratio.na.primary", coef(r), SE(r))

one <- subset(d, village != "V11" | hh_id == "V11-006")
for (fpc in c("fpc", "nofpc")) {
  l <- if (fpc == "fpc")
    svydesign(id = ~hh_id, strata = ~village, weights = ~weight, fpc = ~n_hh_village, data = one)
  else svydesign(id = ~hh_id, strata = ~village, weights = ~weight, data = one)
  options(survey.lonely.psu = "average")
  m <- svymean(~care_hours, l); say(paste0("average.mean.", fpc), coef(m), SE(m))
  m <- svytotal(~care_hours, l); say(paste0("average.total.", fpc), coef(m), SE(m))
  w <- subset(l, sex == "F" & village %in% c("V11", "V12", "V01"))
  m <- svymean(~care_hours, w); say(paste0("average.domain.", fpc), coef(m), SE(m))
  options(survey.lonely.psu = "adjust")
  m <- svymean(~care_hours, w); say(paste0("adjust.domain.", fpc), coef(m), SE(m))
  options(survey.lonely.psu = "fail")
  m <- svymean(~care_hours, subset(l, village != "V11"))
  say(paste0("fail.untouched.", fpc), coef(m), SE(m))
}

women <- subset(des, sex == "F" & !is.na(care_hours_m))
for (rule in c("math", "school", "shahvaish", "hf7", "hf8"))
  for (type in c("mean", "xlogit", "beta", "asin")) {
    q <- svyquantile(~care_hours_m, women, c(.05, .5, .95), qrule = rule, interval.type = type)
    say(paste("quantile", rule, type, sep = "."), t(q[[1]]))
  }
q <- svyquantile(~age, subset(wr, village == "V12"), c(.25, .5, .75), alpha = .1)
say("quantile.V12", t(q[[1]]))

for (method in c("xlogit", "asin", "beta", "mean", "logit", "likelihood")) {
  p <- svyciprop(~aware, subset(wr, education == "primary" & sex == "M"), method = method, level = .9)
  say(paste("prop90", method, sep = "."), plain(attr(p, "ci")))
}

ps <- postStratify(des, ~sex, data.frame(sex = c("F", "M"), Freq = c(2070, 2037)))
m <- svyby(~care_hours_m, ~education, ps, svymean, na.rm = TRUE)
say("ps.education", coef(m)); say("ps.education.se", plain(SE(m)))
m <- svytotal(~employed, subset(ps, village == "V03")); say("ps.V03.total", coef(m), SE(m))
r <- svyratio(~wage_work, ~employed, subset(ps, sex == "F")); say("ps.ratio.F", coef(r), SE(r))
pop <- read.csv(text = paste("village,Freq", "V01,451", "V02,228", "V03,606", "V04,148", "V05,337",
  "V06,796", "V07,204", "V08,385", "V09,279", "V10,522", "V11,112", "V12,39", sep = "\n"))
rk <- rake(wr, list(~sex, ~village), list(data.frame(sex = c("F", "M"), Freq = c(2070, 2037)), pop),
  control = list(maxit = 1000, epsilon = 1e-12))
m <- svyby(~aware, ~sex, rk, svymean); say("rake.sex", coef(m), plain(SE(m)))
r <- svyratio(~wage_work, ~employed, subset(rk, sex == "F")); say("rake.ratio.F", coef(r), SE(r))
