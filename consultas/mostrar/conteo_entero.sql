-- devuelve: todos los conteos anuales vigentes de un indicador, con su población: las columnas de mostrar/conteos
-- grano: una fila por lugar, año y desglose
-- parametros: indicador (texto)
-- metodo: casos vigentes por año; los meses no van, porque de un delito municipal son cientos de miles. La población es la de
--   las tasas oficiales de cada país y, si el desglose es de un sexo, la de ese sexo

select
    c.fuente,
    c.periodo,
    c.lugar,
    c.indicador,
    c.desglose,
    c.casos,
    c.meses,
    b.personas as poblacion,
    y.proyeccion,
    c.estado,
    c.metodo,
    c.edicion,
    c.archivo,
    c.celda,
    null::varchar as nota
from conteo_vigente as c
left join proyecciones as y on y.pais = left(c.lugar, 2) and y.denominador = 'proyeccion'
left join poblacion_vigente as b
    on b.proyeccion = y.proyeccion
    and b.lugar = c.lugar
    and b.anio = c.periodo::bigint
    and b.edad = 'total'
    and b.sexo = case when starts_with(c.desglose, 'sexo:') then c.desglose[6:] else 'total' end
where c.indicador = $indicador and len(c.periodo) = 4
order by c.periodo desc, c.lugar, c.desglose
