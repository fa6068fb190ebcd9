-- devuelve: cada territorio con su etapa, sus asambleas según lo que pasó, sus enlaces y sus acuerdos
-- grano: una fila por territorio
-- parametros: procesos (lista de textos)
-- metodo: cuentas de asambleas y acuerdos por estado. asistentes y enlaces suman sólo lo que se contó; sin_cuenta dice en
--   cuántas asambleas no se sabe (sin cuenta, no reportadas o suprimidas): si hay alguna, la suma es un mínimo.
--   enlaces_por_mil: entre los habitantes del territorio; nulo sin ellos o si de ninguna asamblea se sabe.

with

de_asambleas as (
    select territorio,
        count(*) filter (where estado = 'celebrada') as celebradas,
        count(*) filter (where estado = 'celebrada' and asistentes = 0) as con_cero,
        count(*) filter (where estado = 'no celebrada') as no_celebradas,
        count(*) filter (where estado = 'no reportada') as no_reportadas,
        count(*) filter (where estado = 'suprimida') as suprimidas,
        sum(asistentes) filter (where estado = 'celebrada') as asistentes,
        sum(enlaces) filter (where estado = 'celebrada') as enlaces,
        count(*) filter (where estado in ('no reportada', 'suprimida') or estado = 'celebrada' and enlaces is null) as sin_cuenta
    from asambleas
    group by territorio
),

de_acuerdos as (
    select territorio, count(*) as acuerdos, count(*) filter (where estado = 'cumplido') as cumplidos
    from acuerdos
    group by territorio
)

select t.territorio, t.proceso, p.nombre as nombre_proceso, t.nombre as nombre_territorio, t.clase, t.etapa, t.corte,
    t.lugar, t.habitantes, t.habitantes_fuente, a.celebradas, a.con_cero, a.no_celebradas, a.no_reportadas, a.suprimidas,
    a.asistentes, a.enlaces, a.sin_cuenta, 1000 * a.enlaces / nullif(t.habitantes, 0) as enlaces_por_mil,
    c.acuerdos, c.cumplidos, t.documento, t.pasaje
from territorios as t
inner join procesos as p using (proceso)
left join de_asambleas as a using (territorio)
left join de_acuerdos as c using (territorio)
where list_contains($procesos, t.proceso)
order by p.nombre, t.nombre, t.territorio
