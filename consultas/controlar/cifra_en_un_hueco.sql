-- devuelve: las cifras de un periodo que el catálogo declara hueco, o de un lugar fuera de los periodos en que se encuesta
-- grano: una fila por fuente, periodo, lugar e indicador con cifra donde no debería haberla
-- parametros: ninguno
-- metodo: rupturas.csv (tipo hueco) y las columnas desde/hasta de lugares.csv. Si salta, o el lector puso la cifra en
--   otro periodo, o el catálogo está mal

with

cifra as (
    select distinct fuente, periodo, lugar, indicador
    from estimacion
    where estado = 'dato'
),

en_hueco as (
    select c.*, 'rupturas.csv lo declara hueco' as falta
    from cifra as c
    inner join rupturas as r
        on r.tipo = 'hueco'
        and r.fuente = c.fuente
        and r.periodo = c.periodo
        and coalesce(r.lugar, c.lugar) = c.lugar
        and coalesce(r.indicador, c.indicador) = c.indicador
),

-- Sólo trimestres: como texto ya van en orden (2019T1 < 2019T2 < 2020T1).
fuera_de_cobertura as (
    select c.*, 'lugares.csv dice que se encuesta de ' || coalesce(l.desde, '…') || ' a ' || coalesce(l.hasta, 'hoy') as falta
    from cifra as c
    inner join lugares as l using (lugar)
    where c.periodo[5] = 'T' and (c.periodo < l.desde or c.periodo > l.hasta)
)

from en_hueco
union all
from fuera_de_cobertura
order by all
