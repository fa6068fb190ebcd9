-- devuelve: la estimación experimental de hogares víctimas de delitos violentos por comuna; columnas de contratos.ESTIMACION
-- grano: una fila por comuna
-- parametros: ninguno
-- metodo: proporciones a por ciento; el coeficiente de variación es error ÷ valor, como en toda la casa (el que publica el INE
--   es el del logaritmo y va en la celda). Ni n ni grados de libertad: el archivo no los trae y un área pequeña toma
--   prestada fuerza de las demás. Sin clase de precisión: las reglas del INE se apoyan en n y grados de libertad

select
    'enusc' as fuente,
    p.edicion as periodo,
    c.lugar,
    'victimizacion_hogar_violenta' as indicador,
    'total' as desglose,
    100 * c.proporcion as valor_pct,
    100 * c.error_estandar as error_estandar,
    100 * c.inferior as ic_inf,
    100 * c.superior as ic_sup,
    95.0::double as nivel_confianza,
    null::bigint as n,
    null::bigint as gl,
    100 * c.error_estandar / c.proporcion as cv_pct,
    null::varchar as precision,
    null::bigint as numerador,
    null::varchar as precision_numerador,
    null::bigint as denominador,
    null::varchar as precision_denominador,
    'dato' as estado,
    'experimental' as metodo,
    p.edicion,
    p.archivo,
    'sae_hogares' as cuadro,
    c.tipo_estimacion || '; cv del logaritmo ' || round(c.cv_log, 6) as celda
from celdas as c
cross join portada as p
order by c.lugar
