# Lo que comparten los guiones de referencia: una fila de `survey` por dominio e indicador, y cómo se guarda.
suppressMessages(library(survey))

# Con un solo hilo de BLAS y semilla fija, las cifras son las mismas en cada corrida.
NIVELES <- c(90, 95, 99)

diseno <- function(d, upm_unica = "adjust") {
  options(survey.lonely.psu = upm_unica)
  svydesign(ids = ~upm, strata = ~estrato, weights = ~peso, data = d, nest = TRUE)
}

# Una fila por nivel: razón, error, n, gl del dominio, efecto de diseño e intervalos de svyciprop y confint.
# `dentro` elige el dominio con subset(), que conserva el diseño completo.
# Un dominio sin casos no tiene fila. `quien` son las columnas que lo nombran.
estimar <- function(des, dentro, indicador, quien, niveles = NIVELES) {
  y <- des$variables[[indicador]]
  sub <- subset(des, dentro & !is.na(y))
  if (nrow(sub) == 0) return(NULL)
  f <- as.formula(paste0("~", indicador))
  media <- svymean(f, sub, deff = nrow(sub) > 1)
  p <- unname(coef(media)); ee <- unname(SE(media)[1])
  gl <- degf(sub)
  fila <- data.frame(
    indicador = indicador, p = p, ee = ee, n = nrow(sub), gl = gl,
    deff = if (nrow(sub) > 1) unname(deff(media)[1]) else NA,
    numerador = unname(coef(svytotal(f, sub))), denominador = sum(weights(sub))
  )
  do.call(rbind, lapply(niveles, function(nivel) {
    ic <- function(metodo) if (p > 0 && p < 1 && gl > 0)
      attr(svyciprop(f, sub, method = metodo, level = nivel / 100, df = gl), "ci") else c(NA, NA)
    z <- qnorm(0.5 + nivel / 200)
    x <- ic("xlogit"); b <- ic("beta")
    cbind(quien, fila, nivel = nivel, logit_inf = x[[1]], logit_sup = x[[2]], beta_inf = b[[1]], beta_sup = b[[2]],
          normal_inf = p - z * ee, normal_sup = p + z * ee, row.names = NULL)
  }))
}

# El dominio de un desglose escrito como en la casa: total, sexo:mujeres, edad:18-29, sexo:mujeres|edad:18-29.
dominio <- function(d, lugar, desglose) {
  dentro <- (d$pais %in% lugar) | (d$region %in% lugar) | (d$lugar %in% lugar)
  if (desglose == "total") return(dentro)
  for (parte in strsplit(desglose, "|", fixed = TRUE)[[1]]) {
    par <- strsplit(parte, ":", fixed = TRUE)[[1]]
    dentro <- dentro & (d[[par[1]]] %in% par[2])
  }
  dentro
}

# Diferencia b - a de dos dominios cualesquiera: totales, y método delta con svycontrast.
diferencia <- function(des, dentro_a, dentro_b, indicador) {
  y <- des$variables[[indicador]]
  u <- as.numeric(!is.na(y)); y[is.na(y)] <- 0
  des <- update(des, a1 = dentro_a * u * y, a2 = dentro_a * u, b1 = dentro_b * u * y, b2 = dentro_b * u)
  totales <- svytotal(~a1 + a2 + b1 + b2, des)
  razones <- svycontrast(totales, list(a = quote(a1 / a2), b = quote(b1 / b2)))
  v <- vcov(razones)
  sub <- subset(des, (dentro_a | dentro_b) & u == 1)
  data.frame(
    indicador = indicador, valor_a = unname(coef(razones)[1]), valor_b = unname(coef(razones)[2]),
    error_a = sqrt(v[1, 1]), error_b = sqrt(v[2, 2]), covarianza = v[1, 2],
    diferencia = unname(coef(razones)[2] - coef(razones)[1]),
    ee = sqrt(v[1, 1] + v[2, 2] - 2 * v[1, 2]), gl = degf(sub)
  )
}

guardar <- function(d, archivo) {
  numericas <- vapply(d, is.double, TRUE)
  d[numericas] <- lapply(d[numericas], function(x) ifelse(is.na(x), "", sprintf("%.17g", x)))
  write.csv(d, archivo, row.names = FALSE, quote = FALSE, na = "")
  cat(archivo, nrow(d), "filas\n")
}
