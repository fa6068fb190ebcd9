-- devuelve: los acuerdos de los territorios y cómo van
-- grano: una fila por acuerdo
-- parametros: procesos (lista de textos), hoy (texto)
-- metodo: vencido si el plazo pasó antes de hoy y no consta que se cumplió; un plazo que sólo dice mes o año vence cuando acaba

select a.acuerdo, t.proceso, p.nombre as nombre_proceso, t.territorio, t.nombre as nombre_territorio, a.texto, a.responsable,
    a.fecha, a.fin, a.estado, a.evidencia,
    coalesce(a.estado <> 'cumplido' and a.fin < left($hoy, length(a.fin)), false) as vencido,
    a.documento, a.pasaje
from acuerdos as a
inner join territorios as t using (territorio)
inner join procesos as p using (proceso)
where list_contains($procesos, t.proceso)
order by vencido desc, a.fin nulls last, p.nombre, t.nombre, a.acuerdo
