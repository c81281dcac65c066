// How large a picture or a film is, as the browser shows it.

/** Width and height of a picture. Throws where it is none. */
export async function sizeOfPicture(file) {
  const picture = await createImageBitmap(file);
  const size = { width: picture.width, height: picture.height };
  picture.close();
  return size;
}

/** Width, height and milliseconds of a film; zeros for one that this browser does not play. */
export function sizeOfVideo(file) {
  return new Promise((resolve) => {
    const film = document.createElement("video");
    const give = (size) => {
      URL.revokeObjectURL(film.src);
      resolve(size);
    };
    film.preload = "metadata";
    film.onloadedmetadata = () =>
      give({ width: film.videoWidth, height: film.videoHeight, milliseconds: Math.round(film.duration * 1000) || 0 });
    film.onerror = () => give({ width: 0, height: 0, milliseconds: 0 });
    film.src = URL.createObjectURL(file);
  });
}
