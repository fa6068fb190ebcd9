-- devuelve: las actividades en que se divide un compromiso, con su último avance
-- grano: una fila por actividad
-- parametros: compromiso (texto)
-- metodo: la tabla actividades con su último corte con cifra; sin él, no reportado
select
    a.actividad, a.nombre as nombre_actividad, a.inicio, a.fin, a.peso,
    max_by(v.avance_pct, v.corte) as avance_pct, max(v.corte) as corte, a.documento, a.pasaje
from actividades as a
left join avances as v on v.actividad = a.actividad and v.estado = 'dato'
where a.compromiso = $compromiso
group by all
order by a.inicio nulls last, a.actividad
