-- devuelve: los periodos que trae el acervo, con cuántos lugares e indicadores tienen cifra en cada uno
-- grano: una fila por fuente y periodo
-- parametros: ninguno
-- metodo: se cuentan sólo las filas con estado «dato»

select
    fuente,
    periodo,
    count(distinct lugar) as lugares,
    count(distinct indicador) as indicadores
from estimacion_vigente
where estado = 'dato'
group by all
order by fuente, periodo
