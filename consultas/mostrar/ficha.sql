-- devuelve: toda la historia con cifra de los lugares pedidos, de cualquier indicador de encuesta; las columnas de
--   estimacion_con_error
-- grano: una fila por indicador, lugar y periodo con cifra
-- parametros: lugares (lista de texto)
-- metodo: cifras vigentes del total (sin desglose); los países van recortados a los indicadores que tiene algún otro de los
--   lugares pedidos: son la referencia, no la ficha. Lo que no es cifra (suprimido, no aplica, no levantado) no sale.

with

cifra as (
    select *
    from estimacion_con_error
    where list_contains($lugares::varchar[], lugar) and desglose = 'total' and estado = 'dato'
),

suyo as (
    select distinct indicador
    from cifra
    where length(lugar) > 2
)

select cifra.*
from cifra
inner join suyo using (indicador)
order by indicador, lugar, periodo
