-- devuelve: las cifras cuyo porcentaje publicado no es el cociente de sus números absolutos
-- grano: una fila por cifra que no cuadra
-- parametros: ninguno
-- metodo: los absolutos se publican en enteros: el cociente puede apartarse lo que medio entero en numerador y denominador
--   mueva el porcentaje, 100 · (1/2) · (1 + num/den) / den, más una millonésima por el redondeo de la hoja de cálculo

with

comparada as (
    select
        *,
        100.0 * numerador / denominador as cociente_pct,
        50.0 * (1 + numerador / denominador) / denominador + 1e-6 as tolerancia_pct
    from estimacion
    where valor_pct is not null and numerador is not null and denominador > 0
)

select archivo, cuadro, celda, periodo, lugar, indicador, desglose, valor_pct, cociente_pct, numerador, denominador
from comparada
where abs(valor_pct - cociente_pct) > tolerancia_pct
order by all
