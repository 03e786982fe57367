import { fileURLToPath } from 'node:url';

/** Twice the size it was drawn at: sharp on a phone. */
const width = 1280;

const fontFiles = [
  import.meta.resolve('@expo-google-fonts/nanum-gothic/400Regular/NanumGothic_400Regular.ttf'),
  import.meta.resolve('@expo-google-fonts/nanum-gothic/700Bold/NanumGothic_700Bold.ttf'),
].map((url) => fileURLToPath(url));

/** Letters beyond Latin, Greek and Korean are looked for among the fonts of the machine, which takes a third of a second. */
const foreign = /[^\u0000-\u03ff\u2000-\u22ff\u3130-\u318f\uac00-\ud7a3]/;

/**
 * A drawn chart as PNG, for places that show no SVG. The letters come with Muster, so that it looks the same on a machine
 * without fonts, in Korean too. Works outside the event loop; stops when `signal` aborts.
 */
export async function pictureOf(svg: string, signal?: AbortSignal): Promise<Buffer> {
  const { renderAsync } = await import('@resvg/resvg-js');
  const image = await renderAsync(
    svg,
    {
      fitTo: { mode: 'width', value: width },
      background: '#ffffff',
      font: {
        loadSystemFonts: foreign.test(svg),
        fontFiles,
        defaultFontFamily: 'Nanum Gothic',
      },
    },
    signal,
  );
  return image.asPng();
}
