// Where drawing a frame takes long (thousands of lines and no graphics card), a picture is moved and stretched while the
// network is moved, and drawn anew when it comes to rest.

import type Sigma from "sigma";

/** What a frame may take to be drawn each time, milliseconds. */
const QUICK = 45;
/** How long the network must be at rest before it is drawn anew, milliseconds. */
const REST = 160;

interface Frame { x: number; y: number; size: number }

export class Still {
  /** What the last frame took until the browser was ready for the next but one. */
  private cost = 0;
  private begun = 0;
  private taken: Frame = { x: 0, y: 0, size: 1 };
  private resting = 0;
  private readonly draw: () => Sigma;

  constructor(private readonly sigma: Sigma) {
    this.draw = sigma.scheduleRender.bind(sigma);
    sigma.scheduleRender = () => (this.slow && this.moved ? this.shift() : this.draw());
    // Sigma looks places up in the frame it drew last.
    const inGraph = sigma.viewportToFramedGraph.bind(sigma);
    const inView = sigma.framedGraphToViewport.bind(sigma);
    const now = () => ({ cameraState: sigma.getCamera().getState() });
    sigma.viewportToFramedGraph = (place, how) => inGraph(place, this.resting ? { ...now(), ...how } : how);
    sigma.framedGraphToViewport = (place, how) => inView(place, this.resting ? { ...now(), ...how } : how);
    sigma.on("beforeRender", () => this.start());
    sigma.on("afterRender", () => this.end());
  }

  get slow(): boolean {
    return this.cost > QUICK;
  }

  /** Where the unit square of the network is on the stage. */
  private frame(): Frame {
    const cameraState = this.sigma.getCamera().getState();
    const a = this.sigma.framedGraphToViewport({ x: 0, y: 0 }, { cameraState });
    const b = this.sigma.framedGraphToViewport({ x: 1, y: 0 }, { cameraState });
    return { x: a.x, y: a.y, size: b.x - a.x };
  }

  private get moved(): boolean {
    const { x, y, size } = this.frame();
    return x !== this.taken.x || y !== this.taken.y || size !== this.taken.size;
  }

  private transform(words: string): void {
    for (const [name, canvas] of Object.entries(this.sigma.getCanvases())) {
      if (name === "mouse") continue;
      canvas.style.transformOrigin = "0 0";
      canvas.style.transform = words;
    }
  }

  private shift(): Sigma {
    const now = this.frame();
    const by = now.size / this.taken.size;
    this.transform(`translate(${now.x - this.taken.x * by}px, ${now.y - this.taken.y * by}px) scale(${by})`);
    clearTimeout(this.resting);
    this.resting = window.setTimeout(() => this.rest(), REST);
    return this.sigma;
  }

  private rest(): void {
    if (this.sigma.getCamera().isAnimated()) this.resting = window.setTimeout(() => this.rest(), REST);
    else this.draw();
  }

  private start(): void {
    clearTimeout(this.resting);
    this.resting = 0;
    this.transform("");
    this.begun = performance.now();
  }

  private end(): void {
    this.taken = this.frame();
    const { begun } = this;
    requestAnimationFrame(() => requestAnimationFrame(() => { if (begun === this.begun) this.cost = performance.now() - begun; }));
  }
}
