# R's survey package. Usage: Rscript with_survey.R FOLDER
suppressMessages(library(survey))
options(digits = 15)
folder <- commandArgs(trailingOnly = TRUE)[1]
names <- c("psu", "stratum", "fpc", "weight", "sex", "hours", paste0("p", 1:5))
rows <- file.size(file.path(folder, "psu.bin")) / 8
d <- as.data.frame(setNames(lapply(names, function(name)
  readBin(file.path(folder, paste0(name, ".bin")), "double", rows)), names))
began <- proc.time()
design <- svydesign(id = ~psu, strata = ~stratum, weights = ~weight, fpc = ~fpc, data = d)
m <- svyby(~hours, ~sex, design, svymean, covmat = TRUE)
ratio <- svycontrast(m, quote(`2` / `1`))
found <- c(rbind(coef(m), SE(m)))
for (name in paste0("p", 1:5)) {
  p <- svyby(as.formula(paste0("~", name)), ~sex, design, svymean)
  found <- c(found, rbind(coef(p), SE(p)))
}
found <- c(found, coef(ratio), SE(ratio))
took <- proc.time() - began
status <- readLines("/proc/self/status")
peak <- as.numeric(gsub("[^0-9]", "", status[grepl("^VmHWM", status)])) / 1024
cat(sprintf('{"seconds": [%f], "wall": [%f], "peak": %f, "numbers": [%s]}\n',
  took[["user.self"]] + took[["sys.self"]], took[["elapsed"]], peak,
  paste(format(found, digits = 15, trim = TRUE), collapse = ", ")))
