-- devuelve: cada asamblea con lo que de ella se sabe
-- grano: una fila por asamblea
-- parametros: procesos (lista de textos)
-- metodo: visto separa lo que no es lo mismo: celebrada con gente, celebrada con cero, celebrada sin cuenta, no celebrada, no
--   reportada y suprimida (se sabe y no se publica: sus cifras, si vinieran, no salen)

select a.asamblea, t.proceso, p.nombre as nombre_proceso, t.territorio, t.nombre as nombre_territorio, a.fecha, a.estado,
    case
        when a.estado <> 'celebrada' then a.estado
        when a.asistentes is null then 'sin cuenta'
        when a.asistentes = 0 then 'cero'
        else 'celebrada'
    end as visto,
    case when a.estado = 'celebrada' then a.asistentes end as asistentes,
    case when a.estado = 'celebrada' then a.enlaces end as enlaces,
    t.habitantes, 1000 * case when a.estado = 'celebrada' then a.asistentes end / nullif(t.habitantes, 0) as por_mil,
    a.documento, a.pasaje
from asambleas as a
inner join territorios as t using (territorio)
inner join procesos as p using (proceso)
where list_contains($procesos, t.proceso)
order by p.nombre, t.nombre, a.fecha, a.asamblea
