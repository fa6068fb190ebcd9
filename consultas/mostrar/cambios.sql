-- devuelve: la cifra de cada lugar en dos periodos, con su error; las columnas terminan en _de y _a
-- grano: una fila por fuente y lugar con cifra en alguno de los dos periodos
-- parametros: indicador (texto), de (texto), a (texto), desglose (texto)
-- metodo: cifras de estimacion_con_error: el error publicado o calculado y, si no lo hay, el modelado. La que falta en un
--   periodo sale nula, con su estado si el libro la imprime.
with

cifra as (
    select
        fuente, lugar, periodo, valor_pct, error_estandar, gl, n, cv_pct, precision, metodo, metodo_error, estado, cuadro
    from estimacion_con_error
    where indicador = $indicador and desglose = $desglose and periodo in ($de, $a)
),

antes as (
    select fuente, lugar, columns(* exclude (fuente, lugar, periodo)) as '\0_de' from cifra where periodo = $de
),

despues as (
    select fuente, lugar, columns(* exclude (fuente, lugar, periodo)) as '\0_a' from cifra where periodo = $a
)

select *
from antes
full join despues using (fuente, lugar)
left join (
    select lugar, tipo from lugares
    union all
    select lugar, tipo from lugares_cl
) using (lugar)
order by tipo = 'pais' desc, lugar
