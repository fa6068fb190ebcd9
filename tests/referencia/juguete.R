# Una encuesta de juguete con semilla: dos olas que comparten UPM (A1, A2) y una con estratos de una sola UPM (U1).
set.seed(20260730)
efecto <- rnorm(300, 0, 2)  # de la UPM, el mismo en todas las olas: por él dos olas se parecen
ola_de_juguete <- function(periodo, upm, estrato) {
  k <- length(upm)
  n_upm <- sample(2:7, k, TRUE)
  i <- rep(seq_len(k), n_upm)
  n <- length(i)
  lugar <- paste0("MX-CD", sprintf("%02d", (estrato[i] - 1) %/% 3 + 1))
  sexo <- sample(c("hombres", "mujeres", NA), n, TRUE, c(.48, .49, .03))
  edad <- sample(c("18-29", "30-44", "45-59", "60+"), n, TRUE)
  azar <- efecto[upm][i]
  comun <- plogis(azar + .3 * (sexo %in% "mujeres") - .2)
  d <- data.frame(
    fuente = "juguete", periodo = periodo, marco = "personas", entrevista = paste0(periodo, "-", seq_len(n)),
    estrato = estrato[i], upm = upm[i], peso = round(exp(rnorm(n, 6, .7)), 6),
    pais = "MX", region = ifelse(lugar %in% c("MX-CD01", "MX-CD02"), "MX-01", "MX-02"), lugar = lugar,
    sexo = sexo, edad = edad,
    frecuente = rbinom(n, 1, comun), raro = rbinom(n, 1, .02), casi_todos = rbinom(n, 1, .985),
    con_filtro = ifelse(runif(n) < .45, NA, rbinom(n, 1, plogis(azar))),
    solo_cd03 = ifelse(lugar == "MX-CD03", rbinom(n, 1, .3), NA)
  )
  d[order(runif(n)), ]
}
estratos <- rep(1:12, each = 8)
presentes <- sample(96, 72)
nuevas <- sample(96, 70)
a1 <- ola_de_juguete("A1", presentes, estratos[presentes])
a2 <- ola_de_juguete("A2", nuevas, estratos[nuevas])
# En U1 los estratos 3, 7 y 11 tienen una UPM; el 7 es el único de su lugar con casos de solo mujeres mayores.
de_u1 <- unlist(lapply(1:12, function(h) rep(h, if (h %in% c(3, 7, 11)) 1 else 5)))
u1 <- ola_de_juguete("U1", 200 + seq_along(de_u1), de_u1)
juguete <- rbind(a1, a2, u1)
write.csv(juguete, "juguete.csv", row.names = FALSE, quote = FALSE, na = "")
juguete <- read.csv("juguete.csv", na.strings = "")  # lo que R estima es exactamente lo que leerá Python

indicadores <- c("frecuente", "raro", "casi_todos", "con_filtro", "solo_cd03")
sexos <- c("hombres", "mujeres"); edades <- c("18-29", "30-44", "45-59", "60+")
desgloses <- c("total", paste0("sexo:", sexos), paste0("edad:", edades),
               as.vector(outer(sexos, edades, function(s, e) paste0("sexo:", s, "|edad:", e))))
lugares <- c("MX", "MX-01", "MX-02", sprintf("MX-CD%02d", 1:4))

por_ola <- function(periodo, upm_unica) {
  des <- diseno(juguete[juguete$periodo == periodo, ], upm_unica)
  casos <- expand.grid(lugar = lugares, desglose = desgloses, indicador = indicadores, stringsAsFactors = FALSE)
  do.call(rbind, lapply(seq_len(nrow(casos)), function(i) {
    caso <- casos[i, ]
    quien <- data.frame(periodo = periodo, upm_unica = upm_unica, caso[c("lugar", "desglose")])
    estimar(des, dominio(des$variables, caso$lugar, caso$desglose), caso$indicador, quien,
            if (caso$desglose == "total") NIVELES else 95)
  }))
}
guardar(rbind(por_ola("A1", "adjust"), por_ola("U1", "adjust"), por_ola("U1", "certainty")), "juguete_estimaciones.csv")

juntas <- juguete[juguete$periodo %in% c("A1", "A2"), ]
des <- diseno(juntas)
lado <- function(periodo, lugar, desglose)
  des$variables$periodo == periodo & dominio(des$variables, lugar, desglose)
casos <- rbind(
  expand.grid(periodo_a = "A1", lugar_a = lugares, desglose_a = c("total", "sexo:mujeres"), periodo_b = "A2"),
  data.frame(periodo_a = "A1", lugar_a = c("MX-CD01", "MX-CD02", "MX"), desglose_a = "sexo:hombres", periodo_b = "A1")
)
casos[] <- lapply(casos, as.character)
casos$lugar_b <- casos$lugar_a; casos$desglose_b <- casos$desglose_a
casos$desglose_b[casos$desglose_a == "sexo:hombres"] <- "sexo:mujeres"
casos <- rbind(casos, data.frame(
  periodo_a = "A1", lugar_a = c("MX-CD01", "MX-CD01", "MX-01"), desglose_a = "total",
  periodo_b = c("A1", "A1", "A1"), lugar_b = c("MX-CD02", "MX", "MX-02"), desglose_b = "total"))
# Dentro de una ola la referencia es el diseño de esa ola; entre olas, el de las dos juntas.
una <- diseno(juguete[juguete$periodo == "A1", ])
comparar <- function(caso, indicador) {
  d <- if (caso$periodo_a == caso$periodo_b) una else des
  v <- d$variables
  cbind(caso, diferencia(d,
    v$periodo == caso$periodo_a & dominio(v, caso$lugar_a, caso$desglose_a),
    v$periodo == caso$periodo_b & dominio(v, caso$lugar_b, caso$desglose_b), indicador), row.names = NULL)
}
guardar(do.call(rbind, lapply(c("frecuente", "con_filtro"), function(k)
  do.call(rbind, lapply(seq_len(nrow(casos)), function(i) comparar(casos[i, ], k))))), "juguete_diferencias.csv")
