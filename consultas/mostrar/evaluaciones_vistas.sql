-- devuelve: cada evaluación ciudadana con su reloj: cuándo empezó, cuándo vencía su plazo, cuánto duró y cuántas
--   recomendaciones enumera su documento
-- grano: una fila por evaluación
-- parametros: hoy (texto: 2026-11-26)
-- metodo: limite es el inicio más el plazo en días naturales; dias, los que van del inicio al fin o, si no ha acabado o no se sabe,
--   a hoy. Sólo con fechas de día entero: de un mes o un año no se cuentan días. reloj: a tiempo, fuera de plazo, corriendo,
--   vencido sin cerrar o sin plazo
with

con_dias as (
    select
        e.*,
        case when length(inicio) = 10 then try_cast(inicio as date) end as dia_inicio,
        case when length(fin) = 10 and fin <= $hoy then try_cast(fin as date) end as dia_fin
    from evaluaciones as e
),

con_limite as (
    select *, dia_inicio + cast(plazo_dias as integer) as dia_limite from con_dias
)

select
    c.* exclude (dia_inicio, dia_fin, dia_limite),
    cast(dia_limite as varchar) as limite,
    date_diff('day', dia_inicio, coalesce(dia_fin, try_cast($hoy as date))) as dias,
    dia_fin is not null as cerrada,
    case
        when dia_limite is null then 'sin plazo'
        when dia_fin is not null and dia_fin <= dia_limite then 'a tiempo'
        when dia_fin is not null then 'fuera de plazo'
        when try_cast($hoy as date) <= dia_limite then 'corriendo'
        else 'vencido sin cerrar'
    end as reloj,
    (select count(*) from recomendaciones as r where r.evaluacion = c.evaluacion) as recomendaciones_enumeradas
from con_limite as c
order by inicio desc, evaluacion
