-- devuelve: las cifras publicadas que no coinciden con la calculada de los microdatos oficiales del mismo levantamiento
-- grano: una fila por cifra en que no coinciden
-- parametros: ninguno
-- metodo: la oficina calcula sus cuadros con los mismos microdatos y factores: coinciden a la millonésima de punto, salvo
--   que el cuadro redondee la cifra justo a un decimal. De lo publicado se mira la edición más nueva

with

publicada as (
    select *
    from estimacion
    where metodo = 'publicada' and estado = 'dato'
    qualify dense_rank() over (
        partition by fuente, periodo, lugar, indicador, desglose order by edicion desc
    ) = 1
)

select
    p.fuente, p.periodo, p.lugar, p.indicador, p.desglose,
    p.valor_pct as publicada_pct,
    m.valor_pct as microdatos_pct,
    p.archivo, p.cuadro, p.celda
from publicada as p
inner join estimacion as m using (fuente, periodo, lugar, indicador, desglose)
where m.metodo = 'microdatos'
    and m.estado = 'dato'
    and abs(p.valor_pct - m.valor_pct) > 1e-6
    and p.valor_pct <> round(m.valor_pct, 1)
order by all
