import { parse, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import { type Measurements, type Summary, summarize } from './measurements.ts';

/** One picture of measurements: means over the seeds, with the range of the seeds behind them. */
export interface Plot {
  /** Of the file, without `.svg`. */
  readonly name: string;
  readonly title: string;
  readonly subtitle?: string;
  readonly mark: 'line' | 'bar';
  readonly x: Axis;
  readonly y: Axis;
  /** The setting that the colors tell apart. */
  readonly series?: Omit<Axis, 'scale'>;
  /** Only these settings. */
  readonly where?: (settings: Summary['settings']) => boolean;
}

interface Axis {
  readonly key: string;
  /** With its unit. */
  readonly title: string;
  /** Bars stand on places, lines on numbers. */
  readonly scale?: 'linear' | 'log' | 'places';
  readonly format?: string;
  readonly domain?: readonly [number, number];
}

/** Told apart by people who see colors differently (Okabe and Ito), darkest first on white. */
const colors = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#4d4d4d'];
const font = 'Inter, "Helvetica Neue", Arial, sans-serif';
const [width, height] = [560, 300];
const axisText = { labelFontSize: 12, labelLimit: 260, titleFontSize: 13, titlePadding: 8 };

/** The plot as an SVG that stands alone. */
export async function drawPlot(plot: Plot, measurements: Measurements): Promise<string> {
  const view = new View(parse(compile(specOf(plot, measurements)).spec), { renderer: 'none' });
  try {
    return `${await view.toSVG()}\n`;
  } finally {
    view.finalize();
  }
}

type Layers = Extract<TopLevelSpec, { layer: unknown }>['layer'];
type Channel =
  | { field: string; type: 'ordinal'; sort: null; axis: object }
  | { field: string; type: 'quantitative'; axis: object; scale: { type: 'linear' | 'log' } };

interface Point {
  readonly x: number | string;
  readonly y: number;
  readonly low: number;
  readonly high: number;
  readonly series: string;
}

function pointsOf(plot: Plot, measurements: Measurements): Point[] {
  const { x, y, series, where = () => true } = plot;
  const spreadOr = ({ settings, measures }: Summary, key: string) =>
    measures[key]?.mean ?? settings[key] ?? '';
  return summarize(measurements)
    .filter(({ settings }) => where(settings))
    .flatMap((summary) => {
      const spread = summary.measures[y.key];
      if (!spread || Number.isNaN(spread.mean)) return [];
      const { mean, high } = spread;
      // What is nothing has no place on a logarithmic axis.
      if (y.scale === 'log' && mean <= 0) return [];
      const low = y.scale === 'log' && spread.low <= 0 ? mean : spread.low;
      const name = series ? String(summary.settings[series.key]) : '';
      return [{ x: spreadOr(summary, x.key), y: mean, low, high, series: name }];
    });
}

function specOf(plot: Plot, measurements: Measurements): TopLevelSpec {
  const points = pointsOf(plot, measurements);
  const names = [...new Set(points.map(({ series }) => series))];
  const { title, subtitle } = plot;
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    ...{ width, height, background: 'white', padding: 12 },
    title: { text: title, ...(subtitle === undefined ? {} : { subtitle }) },
    data: { values: points },
    encoding: {
      x: channel(plot.x, 'x', plot.mark),
      color: {
        field: 'series',
        type: 'nominal',
        scale: { domain: names, range: colors.slice(0, Math.max(1, names.length)) },
        ...(plot.series ? { legend: { title: plot.series.title } } : { legend: null }),
      },
    },
    layer: plot.mark === 'line' ? lineLayers(plot) : barLayers(plot, names),
    config: {
      font,
      axis: { ...axisText, gridColor: '#e8e8e8' },
      legend: {
        ...{ labelFontSize: 12, titleFontSize: 12, labelLimit: 420, orient: 'right' },
        ...{ symbolOpacity: 1, symbolSize: 90 },
      },
      title: { fontSize: 15, anchor: 'start', subtitleFontSize: 12, subtitleColor: '#555' },
      view: { stroke: null },
    },
  };
}

function channel(
  { title, scale = 'linear', format, domain }: Axis,
  field: string,
  mark: Plot['mark'],
): Channel {
  const whole = 'abs(log(datum.value) / LN10 - round(log(datum.value) / LN10)) < 1e-6';
  const decades = { gridOpacity: { condition: { test: whole, value: 1 }, value: 0 } };
  const axis = {
    title,
    ...(scale === 'log' ? decades : {}),
    ...(format === undefined ? {} : { format }),
  };
  if (scale === 'places')
    return { field, type: 'ordinal', sort: null, axis: { ...axis, labelAngle: 0 } };
  const zero = mark === 'bar' && field === 'y';
  const reach = domain
    ? { domain: [...domain] }
    : { nice: true, ...(scale === 'linear' ? { zero } : {}) };
  return { field, type: 'quantitative', axis, scale: { type: scale, ...reach } };
}

/** A line through the means, dots at what was measured, and a band from the lowest seed to the highest. */
function lineLayers({ y, mark }: Plot): Layers {
  const mean = channel(y, 'y', mark);
  return [
    {
      mark: { type: 'area', opacity: 0.18, interpolate: 'linear' },
      encoding: { y: { ...mean, field: 'low' }, y2: { field: 'high' } },
    },
    { mark: { type: 'line', strokeWidth: 2 }, encoding: { y: mean } },
    { mark: { type: 'point', filled: true, size: 40, opacity: 1 }, encoding: { y: mean } },
  ];
}

/** A bar for each mean, and a line from the lowest seed to the highest. */
function barLayers({ y, mark, series }: Plot, names: readonly string[]): Layers {
  const mean = channel(y, 'y', mark);
  const offset = series ? { xOffset: { field: 'series', sort: [...names] } } : {};
  return [
    { mark: { type: 'bar', opacity: 0.85 }, encoding: { y: mean, ...offset } },
    {
      mark: { type: 'rule', strokeWidth: 1.5, color: '#333' },
      encoding: {
        ...{ y: { ...mean, field: 'low' }, y2: { field: 'high' }, ...offset },
        color: { value: '#333' },
      },
    },
  ];
}
