import type { Said } from '../sandbox/page/stories.ts';
import type { Scene } from './scene.ts';

/** A story of the demo: something really fails, and people really repair it. */
export type Story = {
  id: string;
  title: Said;
  about: Said;
  /** Plays to the end and answers with the incident's number. */
  play: (scene: Scene) => Promise<number>;
};
