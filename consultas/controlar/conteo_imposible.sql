-- devuelve: los conteos imposibles: casos negativos, estado que contradice lo que trae, meses que no son los de su periodo,
--   periodo que empieza después de su edición
-- grano: una fila por conteo imposible
-- parametros: ninguno
-- metodo: dato ⇔ hay casos o tasa publicada; un mes cubre un mes y un año de uno a doce. Una edición (2025-06, 2024) no puede
--   traer un periodo que empieza después de ella

with

revisado as (
    select
        *,
        case
            when casos < 0 or tasa_publicada_100k < 0 then 'cantidad negativa'
            when casos is not null and tasa_publicada_100k is not null then 'casos y tasa publicada a la vez'
            when (estado = 'dato') <> (coalesce(casos::double, tasa_publicada_100k) is not null)
                then 'el estado contradice lo que trae'
            when len(periodo) = 7 and meses <> 1 then 'un mes que no cubre un mes'
            when len(periodo) = 4 and meses not between 1 and 12 then 'un año que no cubre de uno a doce meses'
            when len(periodo) not in (4, 7) then 'ni mes ni año'
            when periodo > edicion and left(periodo, 4) > left(edicion, 4) then 'posterior a su edición'
            when len(periodo) = 7 and len(edicion) = 7 and periodo > edicion then 'posterior a su edición'
        end as falta
    from conteo
)

select falta, archivo, celda, periodo, lugar, indicador, desglose, casos, tasa_publicada_100k, meses, estado, edicion
from revisado
where falta is not null
order by all
limit 1000
