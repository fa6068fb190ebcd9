-- devuelve: los planes, con lo que el documento dice que tienen y lo que de verdad enumera
-- grano: una fila por plan
-- parametros: ninguno
-- metodo: la tabla planes y cuántos ejes y compromisos suyos hay en las otras dos
select
    p.*,
    p.nombre as nombre_plan,
    (select count(*) from compromisos as c where c.plan = p.plan) as compromisos_enumerados,
    (select count(*) from ejes as e where e.plan = p.plan) as ejes_enumerados
from planes as p
order by p.lugar, p.nombre
