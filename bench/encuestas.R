# Lo que tarda R survey en la misma tabla: Rscript encuestas.R ola.csv salida.csv [fino]
# Todos los indicadores en un solo svyby, que es lo más rápido que da R (uno por uno tarda veinte veces más).
suppressMessages(library(survey))
argumentos <- commandArgs(trailingOnly = TRUE)
d <- read.csv(argumentos[1])
options(survey.lonely.psu = "adjust")
indicadores <- grep("^indicador_", names(d), value = TRUE)
des <- svydesign(ids = ~upm, strata = ~estrato, weights = ~peso, data = d)
if (length(argumentos) > 2) {
  # Por sexo y edad, los 60 juntos no caben en memoria: se mide un indicador.
  tiempo <- system.time(svyby(~indicador_01, ~lugar + sexo + edad, des, svymean))
} else {
  formula <- as.formula(paste0("~", paste(indicadores, collapse = "+")))
  tiempo <- system.time(r <- svyby(formula, ~lugar, des, svymean))
  salida <- data.frame(
    lugar = rep(r$lugar, length(indicadores)), indicador = rep(indicadores, each = nrow(r)),
    p = unlist(r[indicadores]), ee = unlist(r[paste0("se.", indicadores)])
  )
  salida[c("p", "ee")] <- lapply(salida[c("p", "ee")], sprintf, fmt = "%.17g")
  write.csv(salida, argumentos[2], row.names = FALSE, quote = FALSE)
}
cat(tiempo[["elapsed"]], tiempo[["user.self"]] + tiempo[["sys.self"]], "\n")
