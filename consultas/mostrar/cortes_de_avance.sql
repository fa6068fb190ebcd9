-- devuelve: la historia de lo que se reportó de un compromiso, con su fecha, quién y dónde se comprueba
-- grano: una fila por corte, actividad y quien reporta; ninguno pisa a otro
-- parametros: compromiso (texto)
-- metodo: la tabla avances tal cual, del más reciente al más antiguo, con el nombre de la actividad si el corte es de una sola
select
    v.corte, v.corte_es, a.nombre as nombre_actividad, v.estado, v.avance_pct, v.reporta, v.evidencia, v.documento, v.pasaje
from avances as v
left join actividades as a using (actividad)
where v.compromiso = $compromiso
order by v.corte desc, a.nombre nulls first, v.reporta
