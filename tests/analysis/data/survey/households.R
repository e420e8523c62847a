# Households whose weights were calibrated by their members: Rscript households.R > households.csv.
# A row of the design is a household, its columns are totals over its persons; weights are raked to
# persons by sex and age (under 40, 40 and over). Made with R 4.2.2 and survey 4.1-1.
suppressMessages(library(survey))
options(digits = 15)
d <- read.csv("household_persons.csv")
say <- function(id, ...) cat(id, format(c(...), digits = 15, trim = TRUE), sep = ",", fill = 100000)
d$f <- as.numeric(d$sex == "F"); d$m <- 1 - d$f; d$old <- as.numeric(d$age >= 40)
d$known <- as.numeric(!is.na(d$care_hours_m)); d$hours <- ifelse(d$known == 1, d$care_hours_m, 0)
person <- with(d, data.frame(
  f0 = f * (1 - old), f1 = f * old, m0 = m * (1 - old), m1 = m * old,
  yf = f * hours, nf = f * known, ym = m * hours, nm = m * known,
  awf = f * aware, wf = f * wage_work, ef = f * employed, v3 = f * hours * (village == "V03"),
  n3 = f * known * (village == "V03"), ones = f))
hh <- aggregate(person, list(hh_id = d$hh_id), sum)
first <- d[match(hh$hh_id, d$hh_id), c("village", "weight", "n_hh_village")]
hh <- cbind(hh, first)
population <- c(f0 = 1100, f1 = 1010, m0 = 1140, m1 = 890)
ask <- function(des, id) {
  g <- calibrate(des, ~0 + f0 + f1 + m0 + m1, population = population, calfun = "raking",
    epsilon = 1e-13, maxit = 200)
  say(paste0(id, ".weights"), range(weights(g)), sum(weights(g)^2))
  t4 <- svytotal(~yf + nf + ym + nm, g); m <- svycontrast(t4, quote((yf / nf) / (ym / nm)))
  say(paste0(id, ".fm"), coef(m), SE(m))
  for (part in c("f", "m")) {
    m <- svyratio(reformulate(paste0("y", part)), reformulate(paste0("n", part)), g)
    say(paste0(id, ".mean.", part), coef(m), SE(m))
  }
  m <- svyratio(~awf, ~ones, g); say(paste0(id, ".aware"), coef(m), SE(m))
  m <- svyratio(~wf, ~ef, g); say(paste0(id, ".wage"), coef(m), SE(m))
  m <- svyratio(~v3, ~n3, g); say(paste0(id, ".V03"), coef(m), SE(m))
}
ask(svydesign(id = ~hh_id, strata = ~village, weights = ~weight, fpc = ~n_hh_village, data = hh), "hh")
ask(svydesign(id = ~village, weights = ~weight, data = hh), "village")
