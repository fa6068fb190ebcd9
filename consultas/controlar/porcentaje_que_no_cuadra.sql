-- devuelve: las cifras cuyo porcentaje no es el cociente de sus números absolutos
-- grano: una fila por cifra que no cuadra
-- parametros: ninguno
-- metodo: la oficina publica el porcentaje con todos sus decimales y los absolutos que lo forman: coinciden a la
--   millonésima de punto. Falla conocida de la fuente: el cuadro 7.7 de 2019T4 (18 cifras nacionales) va redondeado a un
--   decimal; se admite sólo lo que sea justo ese redondeo. De microdatos con factores que llevan decimales (ENUSC), los
--   absolutos se guardan redondeados a personas enteras: se admite lo que ese medio entero puede mover el cociente

with

comparada as (
    select
        *,
        100.0 * numerador / denominador as cociente_pct,
        1e-6 + if(metodo = 'microdatos', 0.5 * (100 + valor_pct) / (denominador - 0.5), 0) as holgura_pct
    from estimacion
    where valor_pct is not null and numerador is not null and denominador > 0
)

select archivo, cuadro, celda, periodo, lugar, indicador, desglose, valor_pct, cociente_pct, numerador, denominador
from comparada
where abs(valor_pct - cociente_pct) > holgura_pct and valor_pct <> round(cociente_pct, 1)
order by all
