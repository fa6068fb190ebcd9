-- devuelve: las entidades que participan en programas de ejercicios locales
-- grano: una fila por programa y entidad
-- parametros: procesos (lista de textos)
-- metodo: la tabla ejercicios_locales, tal cual

select e.proceso, p.nombre as nombre_proceso, e.lugar, e.grupo, e.inicio, e.activo, e.documento, e.pasaje
from ejercicios_locales as e
inner join procesos as p using (proceso)
where list_contains($procesos, e.proceso)
order by p.nombre, e.proceso, e.grupo nulls last, e.lugar
