-- How much stands in the table since a day: what `lienthong reconcile` compares with the hub's figures.
SELECT 'observation' AS fact,
       ma || '|VALUE|' || ky AS prefix,
       count(*) AS count,
       'value' AS field,
       sum(gia_tri) AS sum
FROM so_lieu
WHERE sua_luc >= :since AND gia_tri IS NOT NULL
GROUP BY ma, ky
ORDER BY ma, ky
