-- devuelve: los procesos participativos, con cuánto se sabe de cada uno
-- grano: una fila por proceso
-- parametros: ninguno
-- metodo: la tabla procesos y cuántas filas suyas hay en las demás; primero los que tienen más cuentas

with

cuantas as (
    select p.proceso,
        (select count(distinct m.medida) from medidas as m where m.proceso = p.proceso) as cuentas,
        (select count(*) from territorios as t where t.proceso = p.proceso) as territorios,
        (select count(*) from etapas as e where e.proceso = p.proceso) as etapas
    from procesos as p
)

select p.proceso, p.lugar, p.clase, p.nombre as nombre_proceso, p.responsable, p.inicio, p.fin, p.descripcion, p.nota,
    c.cuentas, c.territorios, c.etapas, p.documento, p.pasaje
from procesos as p
inner join cuantas as c using (proceso)
order by c.cuentas desc, p.nombre, p.proceso
