-- devuelve: los convenios y proyectos entre lugares
-- grano: una fila por convenio
-- parametros: ninguno
-- metodo: la tabla convenios, con cuántas pasantías y transferencias tiene

select c.convenio, c.nombre as nombre_convenio, c.lugar_a, c.lugar_b, c.inicio, c.objetivo, c.financiamiento, c.nota,
    (select count(*) from pasantias as p where p.convenio = c.convenio) as pasantias,
    (select count(*) from transferencias as t where t.convenio = c.convenio) as transferencias,
    c.documento, c.pasaje
from convenios as c
order by c.inicio nulls last, c.nombre
