// A picture that looks like a QR code and leads nowhere.

const CELL = 8;

/** Draw a code of `size` × `size` cells, as a data URL. */
export function drawCode(size) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = (size + 2) * CELL;
  const pen = canvas.getContext("2d");
  pen.fillStyle = "white";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = "black";
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      if (isDark(x, y, size)) pen.fillRect((x + 1) * CELL, (y + 1) * CELL, CELL, CELL);
    }
  }
  return canvas.toDataURL("image/png");
}

function isDark(x, y, size) {
  for (const [left, top] of [[0, 0], [size - 7, 0], [0, size - 7]]) {
    const far = Math.max(Math.abs(x - left - 3), Math.abs(y - top - 3));
    if (far <= 4) return far !== 4 && far !== 2;
  }
  // As irregular as a code, and the same each time.
  const mixed = Math.imul((x + 1) * 73 + (y + 1) * 151, 0x9e3779b1);
  return ((mixed ^ (mixed >>> 13)) & 16) !== 0;
}
