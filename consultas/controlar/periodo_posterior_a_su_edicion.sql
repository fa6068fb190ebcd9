-- devuelve: las cifras de un periodo que acaba después de la edición que las publica
-- grano: una fila por fuente, edición y periodo imposibles
-- parametros: ninguno
-- metodo: se compara el último mes de cada uno; el semestre de un trimestre par termina con él

with

fechada as (
    select distinct
        fuente,
        edicion,
        periodo,
        12 * left(periodo, 4)::integer + case periodo[5]
            when 'T' then 3 * periodo[6:]::integer
            when 'S' then 6 * periodo[6:]::integer
            when '-' then periodo[6:]::integer
            else 12
        end as mes_periodo,
        12 * left(edicion, 4)::integer + case edicion[5]
            when 'T' then 3 * edicion[6:]::integer
            when 'S' then 6 * edicion[6:]::integer
            when '-' then edicion[6:]::integer
            else 12
        end as mes_edicion
    from estimacion
)

select fuente, edicion, periodo
from fechada
where mes_periodo > mes_edicion
order by all
