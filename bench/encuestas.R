# Lo que tarda R survey en la misma tabla: Rscript encuestas.R ola.csv salida.csv juntos|filtros|fino
# juntos: los 60 indicadores en un svyby, lo más rápido que da R; pide que ninguno tenga nulos.
# filtros: uno por uno, porque cada indicador tiene su universo.
# fino: por sexo y edad, donde los 60 juntos no caben en memoria; se mide un indicador.
suppressMessages(library(survey))
argumentos <- commandArgs(trailingOnly = TRUE)
d <- read.csv(argumentos[1])
options(survey.lonely.psu = "adjust")
indicadores <- grep("^indicador_", names(d), value = TRUE)
des <- svydesign(ids = ~upm, strata = ~estrato, weights = ~peso, data = d)
fila <- function(r, clave, p, ee) data.frame(lugar = r$lugar, indicador = clave, p = p, ee = ee)

tiempo <- system.time(r <- switch(argumentos[3],
  juntos = svyby(as.formula(paste0("~", paste(indicadores, collapse = "+"))), ~lugar, des, svymean),
  filtros = lapply(indicadores, function(k) svyby(as.formula(paste0("~", k)), ~lugar, des, svymean, na.rm = TRUE)),
  fino = svyby(~indicador_01, ~lugar + sexo + edad, des, svymean)
))
salida <- switch(argumentos[3],
  juntos = lapply(indicadores, function(k) fila(r, k, r[[k]], r[[paste0("se.", k)]])),
  filtros = Map(function(k, x) fila(x, k, x[[k]], x$se), indicadores, r)
)
if (!is.null(salida)) {
  salida <- do.call(rbind, salida)
  salida[c("p", "ee")] <- lapply(salida[c("p", "ee")], sprintf, fmt = "%.17g")
  write.csv(salida, argumentos[2], row.names = FALSE, quote = FALSE)
}
cat(tiempo[["elapsed"]], tiempo[["user.self"]] + tiempo[["sys.self"]], "\n")
