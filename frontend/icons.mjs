// The icons that {% icon "name" %} knows, by their Lucide names. Add one here and run ./build.
export const icons = new Set(
  `
  archive arrow-left arrow-right baby ban bell book-open building-2 calendar calendar-clock camera car chart-column check
  chevron-down chevron-left chevron-right circle circle-alert circle-check circle-dot circle-help circle-pause circle-play
  circle-x clock copy credit-card download ellipsis external-link eye eye-off file-check file-text files filter folder
  gavel globe graduation-cap hand-helping heart heart-pulse history hourglass house inbox info key keyboard landmark link list
  lock log-in log-out mail map map-pin megaphone menu message-square minus octagon-alert paperclip pencil pen-line phone
  plus printer qr-code refresh-cw rotate-ccw scale scan-line search send settings shield-check stamp star tractor
  trash-2 trending-down trending-up triangle-alert undo-2 upload user user-check users wallet wifi-off workflow x
  `.trim().split(/\s+/),
);
