# Regenera los valores de referencia: `make referencia` (Debian: r-cran-survey). Las pruebas sólo leen los CSV.
# Los microdatos oficiales se buscan en ATALAYA_FUENTES o ../shared/fuentes; sin ellos se rehace sólo lo de juguete.
aqui <- dirname(normalizePath(sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE))))
FUENTES <- normalizePath(Sys.getenv("ATALAYA_FUENTES", file.path(aqui, "../../../shared/fuentes")), mustWork = FALSE)
setwd(aqui)
source("comun.R")
source("juguete.R")
source("tasas.R")
source("panel.R")
for (guion in c("ensu.R", "enusc.R")) {
  if (dir.exists(FUENTES)) source(guion) else cat("sin archivos oficiales:", guion, "no se rehace\n")
}
versiones <- c(R = R.version.string, survey = as.character(packageVersion("survey")))
writeLines(paste0(names(versiones), ": ", versiones), "versiones.txt")
