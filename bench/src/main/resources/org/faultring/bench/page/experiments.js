/* Sections of experiments, drawn with the tools of the page. */
const experimentSections = (experiments, tools, isAlone) => {
  const {element, figure, short, lineLook, frame, heatMap, chartFigure, table} = tools;

  const currency = (experiment, measure) => measure.currency === 'events' ? 'events'
    : `virtual time under profile ${experiment.profile}`;
  const words = key => key.replaceAll(/[A-Z]/g, letter => ' ' + letter.toLowerCase());
  const label = axis => axis.unit ? `${words(axis.key)}, ${axis.unit}` : words(axis.key);
  const isNumber = value => /^[0-9.]+$/.test(value);
  const spelled = value => isNumber(value) ? Number(value).toLocaleString('en') : value;
  // A word says itself what it is, a number does not.
  const told = (axis, value) => isNumber(value)
    ? `${words(axis.key)} ${spelled(value)}${axis.unit ? ' ' + axis.unit : ''}` : value;

  // Every combination of the values of some axes.
  const combinations = axes => axes.reduce((all, axis) => all.flatMap(one =>
    axis.values.map(value => ({...one, [axis.key]: value}))), [{}]);

  const mapOption = (x, y, measure, points) => () => heatMap({name: words(measure.key), x: x.values.map(spelled),
    y: y.values.map(spelled), xName: label(x), yName: label(y), digits: figure,
    cells: points.filter(point => measure.key in point.values).map(point =>
      [x.values.indexOf(point.at[x.key]), y.values.indexOf(point.at[y.key]), point.values[measure.key]]),
    told: ([i, j, value]) => `${told(x, x.values[i])}, ${told(y, y.values[j])}: ${figure(value)} ${measure.unit}`});

  const curvesOption = (x, y, measure, points) => width => {
    const values = points.map(point => point.values[measure.key]).filter(value => value !== undefined);
    const isWide = Math.min(...values) > 0 && Math.max(...values) > 50 * Math.min(...values);
    return {
      ...frame(y.values.map(value => told(y, value)), width),
      tooltip: {trigger: 'axis', valueFormatter: value => `${figure(value)} ${measure.unit}`},
      xAxis: {type: 'category', data: x.values.map(spelled), name: label(x), nameLocation: 'middle', nameGap: 30,
        axisLabel: {margin: 12}},
      yAxis: {type: isWide ? 'log' : 'value', name: measure.unit, nameTextStyle: {align: 'left'},
        axisLabel: {formatter: short}},
      // Larger marks below smaller ones: where curves lie on each other all are seen.
      series: y.values.map((value, i) => ({...lineLook(i), name: told(y, value), type: 'line',
        symbolSize: 13 - 2 * Math.min(i, 4),
        data: x.values.map(at => points.find(point => point.at[x.key] === at && point.at[y.key] === value)
          ?.values[measure.key] ?? null)})),
    };
  };

  const plotFigures = (experiment, plot, number) => {
    const axis = key => experiment.axes.find(one => one.key === key);
    const [x, y] = [axis(plot.x), axis(plot.y)];
    const measure = experiment.measures.find(one => one.key === plot.measure);
    const rest = experiment.axes.filter(one => one !== x && one !== y);
    const option = plot.kind === 'heat-map' ? mapOption : curvesOption;
    return combinations(rest).map((fixed, i) => {
      const points = experiment.points.filter(point =>
        Object.entries(fixed).every(([key, value]) => point.at[key] === value));
      const where = rest.map(one => told(one, fixed[one.key])).join(', ');
      return chartFigure(`${experiment.experiment}-${number}-${i + 1}`,
        `${where ? where + ': ' : ''}${words(measure.key)}, ${measure.meaning}; ${measure.unit} `
        + `(${currency(experiment, measure)}) over ${words(x.key)} and ${words(y.key)}.`, option(x, y, measure, points),
        () => [[x.key, y.key, measure.key]].concat(points.map(point =>
          [point.at[x.key], point.at[y.key], point.values[measure.key] ?? null])));
    });
  };

  const plotBox = (experiment, plot, number) => {
    const figures = plotFigures(experiment, plot, number);
    const more = figures.slice(1);
    const parts = [element('h3', {}, `${words(plot.measure)} over ${words(plot.x)} and ${words(plot.y)}`), figures[0]];
    if (more.length > 0) {
      parts.push(element('details', {}, element('summary', {}, `${more.length} more of these`), more));
    }
    return parts;
  };

  const pointTable = experiment => table(`${experiment.experiment}-points`,
    [...experiment.axes.map(label), ...experiment.measures.map(measure => words(measure.key))],
    experiment.points.map(point => [...experiment.axes.map(axis => point.at[axis.key]),
      ...experiment.measures.map(measure => figure(point.values[measure.key]))]));

  return experiments.map(experiment => element('section', {id: 'experiment-' + experiment.experiment},
    element('h2', {}, experiment.experiment),
    // With one alone both are on top of the page.
    isAlone ? [] : [element('p', {}, experiment.question), element('p', {class: 'finding'}, experiment.finding)],
    experiment.plots.map((plot, i) => plotBox(experiment, plot, i + 1)).flat(),
    element('p', {}, 'Shows: ' + experiment.shows), element('p', {}, 'Does not show: ' + experiment.doesNotShow),
    element('details', {}, element('summary', {}, `all ${experiment.points.length} points`), pointTable(experiment),
      experiment.measures.map(measure => element('p', {class: 'caption'},
        `${words(measure.key)}: ${measure.meaning}; ${measure.unit} (${currency(experiment, measure)})`))),
    experiment.points.flatMap(point => point.violations.map(violation => element('p', {class: 'missing'},
      `${Object.entries(point.at).map(pair => pair.join(' ')).join(', ')}: no result, not conserved: ${violation}`))),
    element('p', {}, element('code', {}, experiment.command))));
};
