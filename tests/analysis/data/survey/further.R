# Asks R's survey package a third time: Rscript further.R > further.csv. Two stages, contrasts across
# variables, domains and both, small domains, degrees of freedom, another level, calibrated domains,
# replicates. Columns: id, then the numbers. Made with R 4.2.2 and survey 4.1-1.
suppressMessages(library(survey))
options(digits = 15)
d <- read.csv("household_persons.csv")
des <- svydesign(id = ~hh_id, strata = ~village, weights = ~weight, fpc = ~n_hh_village, data = d)
wr <- svydesign(id = ~hh_id, strata = ~village, weights = ~weight, data = d)
say <- function(id, ...) cat(id, format(c(...), digits = 15, trim = TRUE), sep = ",", fill = 100000)
plain <- function(x) as.vector(unlist(x))

# Two stages: persons numbered in the household, of 2 more (or, every third household, none) than asked.
d$size <- ave(d$person_no, d$hh_id, FUN = length)
number <- as.integer(factor(d$hh_id, levels = unique(d$hh_id)))
d$M <- ifelse(number %% 3 == 0, d$size, d$size + 2)
several <- subset(d, size > 1)
keep <- names(which(tapply(several$hh_id, several$village, function(x) length(unique(x))) > 1))
several <- subset(several, village %in% keep)
two <- svydesign(id = ~hh_id + person_no, strata = ~village, weights = ~weight,
  fpc = ~n_hh_village + M, data = several)
m <- svymean(~care_hours, two); say("two.mean", coef(m), SE(m))
m <- svytotal(~care_hours, two); say("two.total", coef(m), SE(m))
m <- svymean(~care_hours_m, subset(two, sex == "F"), na.rm = TRUE); say("two.na.F", coef(m), SE(m))
m <- svyratio(~wage_work, ~employed, two); say("two.ratio", coef(m), SE(m))
b <- svyby(~care_hours, ~sex, two, svymean, covmat = TRUE)
say("two.by", coef(b), SE(b)); say("two.vcov", vcov(b))
m <- svycontrast(b, quote(F / M)); say("two.fm", coef(m), SE(m))
m <- svyby(~aware, ~village, two, svymean); say("two.village", coef(m), SE(m))
for (rule in c("remove", "certainty")) {
  options(survey.lonely.psu = rule)
  l <- svydesign(id = ~hh_id + person_no, strata = ~village, weights = ~weight,
    fpc = ~n_hh_village + M, data = d)
  m <- svymean(~care_hours, l); say(paste0("two.lonely.", rule), coef(m), SE(m))
}
options(survey.lonely.psu = "fail")

# Contrasts across variables and domains.
v <- svymean(~care_hours + age + aware + employed, des)
for (one in list(
  list("product", quote(care_hours * employed)), list("log", quote(log(care_hours / age))),
  list("odds", quote(aware / (1 - aware))), list("mixed", quote(care_hours - 0.5 * age + exp(aware))))) {
  m <- svycontrast(v, one[[2]]); say(paste0("contrast.", one[[1]]), coef(m), SE(m))
}
r <- svyby(~wage_work, ~sex, denominator = ~employed, des, svyratio, covmat = TRUE)
m <- svycontrast(r, quote(F / M)); say("ratios.fm", coef(m), SE(m))
m <- svycontrast(r, c(F = 1, M = -1)); say("ratios.diff", coef(m), SE(m))
b <- svyby(~care_hours, ~education + sex, wr, svymean, covmat = TRUE)
m <- svycontrast(b, quote(`primary.F` / `primary.M` - `secondary.F` / `secondary.M`))
say("cells.change", coef(m), SE(m))
t2 <- svytotal(~wage_work + agriculture, subset(des, sex == "F"))
m <- svycontrast(t2, quote(wage_work / (wage_work + agriculture))); say("totals.share", coef(m), SE(m))

# Small domains and degrees of freedom.
for (v1 in c("V01", "V06", "V12")) {
  s <- subset(des, village == v1 & sex == "F")
  m <- svymean(~care_hours, s)
  say(paste0("domain.", v1), coef(m), SE(m), degf(s), confint(m, df = degf(s)),
    confint(m, df = degf(s), level = .9))
}
s <- subset(des, age >= 60 & employed == 1)
m <- svymean(~aware, s); say("domain.old", coef(m), SE(m), degf(s))
p <- svyciprop(~aware, s, method = "beta", df = degf(s)); say("domain.old.beta", plain(attr(p, "ci")))

# Calibration: linear on sex and age group at once, domains and a contrast of it.
d$old <- as.numeric(d$age >= 40)
d$one <- 1; d$fem <- as.numeric(d$sex == "F")
g0 <- svydesign(id = ~hh_id, strata = ~village, weights = ~weight, fpc = ~n_hh_village, data = d)
g <- calibrate(g0, ~0 + one + fem + old, population = c(one = 4100, fem = 2080, old = 1900))
m <- svyby(~care_hours, ~sex, g, svymean); say("cal.sex", coef(m), SE(m))
t4 <- svytotal(~I(care_hours * fem) + fem + I(care_hours * (1 - fem)) + I(1 - fem), g)
names(t4) <- c("yf", "nf", "ym", "nm"); m <- svycontrast(t4, quote((yf / nf) / (ym / nm)))
say("cal.fm", coef(m), SE(m))
m <- svytotal(~employed, subset(g, village == "V03")); say("cal.V03", coef(m), SE(m))
say("cal.weights", range(weights(g)), sum(weights(g)^2))

# Replicates.
jk <- as.svrepdesign(des, type = "JKn", mse = TRUE)
m <- svymean(~aware, subset(jk, sex == "F")); say("jk.aware.F", coef(m), SE(m))
