import { render } from 'preact';
import 'uplot/dist/uPlot.min.css';
import '../style/tokens.css';
import '../style/page.css';
import '../style/list.css';
import '../style/run.css';
import '../style/submit.css';
import { App } from './app';
import { start } from './state';

start();
render(<App />, document.getElementById('app')!);
