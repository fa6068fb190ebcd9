# Intervalos y pruebas exactas de Poisson de R base (`poisson.test`): de una cuenta y de la razón de dos.
# Con menos de 10 casos la casa usa el exacto; con 10 o más, Byar, cuya ecuación se escribe aquí con qnorm.
byar <- function(d, z) d * (1 - 1 / (9 * d) + z / (3 * sqrt(d)))^3
una <- expand.grid(casos = c(0:12, 25, 99, 1091, 29500, 1e6), nivel = NIVELES)
guardar(do.call(rbind, Map(function(casos, nivel) {
  exacto <- poisson.test(casos, conf.level = nivel / 100)$conf.int
  z <- qnorm(0.5 + nivel / 200)
  data.frame(casos = casos, nivel = nivel, exacto_inf = exacto[1], exacto_sup = exacto[2],
             byar_inf = if (casos >= 10) byar(casos, -z) else NA, byar_sup = if (casos >= 10) byar(casos + 1, z) else NA)
}, una$casos, una$nivel)), "tasas_poisson.csv")

# Razón b / a. `p` es el doble de la cola menor: la prueba que corresponde al intervalo que da poisson.test.
pares <- rbind(
  expand.grid(casos_a = c(0, 1, 5, 40), casos_b = c(0, 1, 3, 12, 80)), data.frame(casos_a = 162, casos_b = 51),
  data.frame(casos_a = 29500, casos_b = 25290), data.frame(casos_a = 12316, casos_b = 9794)
)
pares <- merge(merge(pares[pares$casos_a + pares$casos_b > 0, ], # con cero casos en los dos, R se niega
                     data.frame(pob_a = c(1091644, 1000), pob_b = c(272913, 1000))), data.frame(nivel = NIVELES))
guardar(do.call(rbind, Map(function(casos_a, casos_b, pob_a, pob_b, nivel) {
  prueba <- function(lado) poisson.test(c(casos_b, casos_a), c(pob_b, pob_a), conf.level = nivel / 100, alternative = lado)
  dos <- prueba("two.sided")
  data.frame(casos_a = casos_a, pob_a = pob_a, casos_b = casos_b, pob_b = pob_b, nivel = nivel,
             razon = unname(dos$estimate), razon_inf = dos$conf.int[1], razon_sup = dos$conf.int[2],
             p = min(1, 2 * prueba("less")$p.value, 2 * prueba("greater")$p.value))
}, pares$casos_a, pares$casos_b, pares$pob_a, pares$pob_b, pares$nivel)), "tasas_razon.csv")
