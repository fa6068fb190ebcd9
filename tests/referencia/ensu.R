# ENSU 2015 real (INEGI, datos abiertos, cuestionario básico): inseguridad e identificación, nacional y por ciudad.
# La UPM se llama por entidad y control: equivale uno a uno a UPM_DIS, que se renumera en cada trimestre.
leer <- function(t) {
  ruta <- Sys.glob(file.path(FUENTES, "ensu/microdatos", paste0("2015T", t), "*", "*_cb_*", "conjunto_de_datos", "*.csv"))
  d <- read.csv(ruta, fileEncoding = "UTF-8-BOM", colClasses = "character", strip.white = TRUE)
  d[] <- lapply(d, function(x) trimws(gsub("\r", "", x)))
  n <- function(v) as.integer(d[[v]])
  data.frame(
    periodo = paste0("2015T", t), estrato = n("EDIS"), upm = n("ENT") * 100000L + n("CON"),
    peso = as.numeric(d$FACTOR), pais = "MX", region = NA, lugar = sprintf("MX-CD%02d", n("CD")),
    inseguridad_ciudad = as.integer(n("P1") == 2),
    identifica_policia_municipal = ifelse(n("P5_1") == 3, NA, as.integer(n("P5_1") == 1)),
    efectividad_policia_municipal = ifelse(n("P5_1") == 1, as.integer(n("P6_1") %in% 1:2), NA)
  )
}
olas <- lapply(1:4, leer)
indicadores <- c("inseguridad_ciudad", "identifica_policia_municipal", "efectividad_policia_municipal")
guardar(do.call(rbind, lapply(olas, function(d) {
  des <- diseno(d)
  do.call(rbind, lapply(c("MX", sort(unique(d$lugar))), function(l) do.call(rbind, lapply(indicadores, function(k)
    estimar(des, dominio(d, l, "total"), k, data.frame(periodo = d$periodo[1], lugar = l), c(90, 95))))))
})), "ensu_2015.csv")

# Cambio entre trimestres vecinos con las UPM que comparten.
guardar(do.call(rbind, lapply(1:3, function(t) {
  juntas <- rbind(olas[[t]], olas[[t + 1]])
  des <- diseno(juntas)
  do.call(rbind, lapply(c("MX", sort(unique(juntas$lugar))), function(l) {
    en <- dominio(juntas, l, "total")
    cbind(lugar = l, periodo_a = paste0("2015T", t), periodo_b = paste0("2015T", t + 1), diferencia(
      des, en & juntas$periodo == paste0("2015T", t), en & juntas$periodo == paste0("2015T", t + 1),
      "inseguridad_ciudad"), row.names = NULL)
  }))
})), "ensu_2015_cambios.csv")
