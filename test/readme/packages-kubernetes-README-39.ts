





































import { Workload } from '@ashlar/kubernetes';
import { App, Chart } from 'cdk8s';

const chart = new Chart(new App({ outdir: '.' }), 'shop', { namespace: 'shop', disableResourceNameHashes: true });
new Workload(chart, 'web', { image: 'ghcr.io/example/shop:1.4.2', port: 8080 });
console.log(chart.toJson().length);
export {};
