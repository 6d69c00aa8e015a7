-- Figures of an office's own database. The pair of watermark and key is compared and ordered by, so that rows changed at the same
-- moment are neither lost nor doubled at the end of a page.
SELECT id, sua_luc, ma, ky, don_vi_bao_cao, gia_tri, don_vi_tinh
FROM so_lieu
WHERE (sua_luc, id) > (:watermark, :key)
ORDER BY sua_luc, id
LIMIT :limit
