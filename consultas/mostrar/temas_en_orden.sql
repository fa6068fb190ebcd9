-- devuelve: los temas de las consultas, en el orden en que salieron
-- grano: una fila por proceso, eje y orden
-- parametros: procesos (lista de textos)
-- metodo: la tabla temas_votados; el documento da el orden, no los votos

select t.proceso, p.nombre as nombre_proceso, t.eje, t.orden, t.tema, t.fecha_mesa, t.problema, t.documento, t.pasaje
from temas_votados as t
inner join procesos as p using (proceso)
where list_contains($procesos, t.proceso)
order by p.nombre, t.proceso, t.eje nulls first, t.orden
