-- devuelve: todo lo que se dijo de las recomendaciones de una evaluación, con su fecha
-- grano: una fila por recomendación, voz y fecha; nada se pisa
-- parametros: evaluacion (texto)
-- metodo: la tabla voces tal cual, de lo más reciente a lo más antiguo
select v.recomendacion, r.numero, r.texto as recomendado, v.voz, v.fecha, v.postura, v.texto, v.evidencia, v.documento, v.pasaje
from voces as v
inner join recomendaciones as r using (recomendacion)
where r.evaluacion = $evaluacion
order by v.fecha desc, r.numero nulls last, v.voz
