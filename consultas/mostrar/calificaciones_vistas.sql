-- devuelve: la calificación independiente de un compromiso, dimensión por dimensión, aparte de lo que se reporta
-- grano: una fila por quien califica y fecha; ninguna pisa a otra
-- parametros: compromiso (texto)
-- metodo: la tabla calificaciones tal cual, de la más reciente a la más antigua
select
    califica, fecha, verificable, relevancia, cumplimiento, resultados_tempranos, veredicto, texto, documento, pasaje
from calificaciones
where compromiso = $compromiso
order by fecha desc nulls last, califica
