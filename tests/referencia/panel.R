# Panel de juguete con efectos de ciudad y periodo, sin equilibrar: la recta dentro de cada ciudad (lm + vcovCL, HC1, por
# ciudad) y la de los promedios (HC3), con `sandwich`. Debian: r-cran-sandwich.
suppressMessages(library(sandwich))
set.seed(20261126)
panel <- expand.grid(lugar = sprintf("C%02d", 1:30), periodo = sprintf("P%d", 1:6), stringsAsFactors = FALSE)
ciudad <- rnorm(30, 50, 8)[as.integer(factor(panel$lugar))]
panel$x <- round(ciudad + rnorm(nrow(panel), 0, 4), 3)
panel$y <- round(90 - ciudad - 0.3 * panel$x + 2 * as.integer(factor(panel$periodo)) + rnorm(nrow(panel), 0, 3), 3)
panel <- panel[runif(nrow(panel)) > 0.15, ]
write.csv(panel, "panel_juguete.csv", row.names = FALSE)

dentro <- lm(y ~ x + factor(lugar) + factor(periodo), panel)
medias <- aggregate(cbind(x, y) ~ lugar, panel, mean)
entre <- lm(y ~ x, medias)
fila <- function(tipo, ajuste, v, gl) {
  b <- unname(coef(ajuste)["x"]); ee <- sqrt(v["x", "x"])
  data.frame(tipo = tipo, coeficiente = b, error_estandar = ee, ic_inf = b - qt(0.975, gl) * ee,
             ic_sup = b + qt(0.975, gl) * ee, p = 2 * pt(-abs(b / ee), gl))
}
write.csv(rbind(
  fila("dentro", dentro, vcovCL(dentro, cluster = ~lugar, type = "HC1"), length(unique(panel$lugar)) - 1),
  fila("entre", entre, vcovHC(entre, type = "HC3"), df.residual(entre))
), "panel_referencia.csv", row.names = FALSE)
