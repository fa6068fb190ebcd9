-- devuelve: las cifras imposibles: porcentajes fuera de 0 a 100, cantidades negativas, parte mayor que su total,
--   intervalos que no contienen su estimación, errores negativos
-- grano: una fila por cifra imposible
-- parametros: ninguno
-- metodo: límites de la definición de cada columna en atalaya/contratos.py; sin tolerancia

with

revisada as (
    select
        *,
        case
            when valor_pct not between 0 and 100 then 'valor_pct fuera de 0 a 100'
            when numerador < 0 or denominador < 0 or n < 0 or gl < 0 then 'cantidad negativa'
            when numerador > denominador then 'numerador mayor que denominador'
            when error_estandar < 0 or cv_pct < 0 then 'error negativo'
            when valor_pct not between ic_inf and ic_sup then 'el intervalo no contiene el valor'
            when nivel_confianza not between 50 and 100 then 'nivel de confianza que no es un porcentaje'
        end as falta
    from estimacion
)

select falta, archivo, cuadro, celda, periodo, lugar, indicador, desglose, valor_pct, numerador, denominador
from revisada
where falta is not null
order by all
