-- devuelve: el mínimo, los quintiles y el máximo de las tasas mayores que cero de un indicador en todos sus periodos
-- grano: una sola fila
-- parametros: indicador (texto), pais (texto), largo (entero), largo_periodo (entero)
-- metodo: casos · 12 / meses por cada 100 mil habitantes de la proyección del país, de los lugares de ese tipo y los periodos
--   de ese tipo (4, años; 7, meses). El cero no entra: tiene clase propia. Los cortes valen para todos los periodos, así un
--   color quiere decir siempre lo mismo.

with

tasa as (
    select c.casos * 12 / c.meses * 100000 / p.personas as tasa_100k
    from conteo_vigente as c
    inner join proyecciones as y on y.pais = $pais and y.denominador = 'proyeccion'
    inner join poblacion_vigente as p
        on p.proyeccion = y.proyeccion
        and p.lugar = c.lugar
        and p.anio = left(c.periodo, 4)::bigint
        and p.sexo = 'total'
        and p.edad = 'total'
    where c.indicador = $indicador
        and c.desglose = 'total'
        and c.casos > 0
        and c.meses > 0
        and p.personas > 0
        and left(c.lugar, 2) = $pais
        and len(c.lugar) = $largo
        and len(c.periodo) = $largo_periodo
)

select quantile_cont(tasa_100k, [0, 0.2, 0.4, 0.6, 0.8, 1]) as quintiles
from tasa
