extension Breakdown {
    static let regimeTemplate = """
        <section class="card" id="regimes">
        <h2>Market regimes</h2>
        <table class="sheet">
        <caption>Time, trades and profit by regime, {{currency}}</caption>
        <thead><tr><th scope="col">Regime</th><th scope="col">Time</th><th scope="col" class="num">Trades</th><th scope="col" class="num">Net</th></tr></thead>
        <tbody>
        {{#regimes}}
        <tr><th scope="row">{{name}}</th><td class="bar"><span>{{share.text}}</span><i style="width:{{share.width}}%"></i></td><td class="num">{{trades}}</td><td class="num {{net.tone}}">{{net.text}}</td></tr>
        {{/regimes}}
        </tbody>
        </table>
        {{^hasRegimes}}<p class="remark">No regime was told in this run.</p>{{/hasRegimes}}
        </section>

        """

    static let refusalTemplate = """
        <section class="card" id="rejections">
        <h2>What risk refused</h2>
        <table class="sheet">
        <caption>Intents refused, by the check that failed: {{refused}} in all</caption>
        <thead><tr><th scope="col">Check</th><th scope="col">Intents</th></tr></thead>
        <tbody>
        {{#refusals}}
        <tr><th scope="row"><code>{{check}}</code></th><td class="bar"><span>{{count.text}}</span><i style="width:{{count.width}}%"></i></td></tr>
        {{/refusals}}
        </tbody>
        </table>
        </section>

        """

    static let strategyTemplate = """
        <section class="card" id="strategies">
        <h2>Strategies</h2>
        <table class="sheet stack">
        <caption>Wishes and results by strategy, {{currency}}</caption>
        <thead><tr><th scope="col">Strategy</th><th scope="col" class="num">Intents</th><th scope="col" class="num">Refused</th><th scope="col" class="num">Trades</th><th scope="col" class="num">Won</th><th scope="col" class="num">Price moves</th><th scope="col" class="num">Costs</th><th scope="col" class="num">Net</th></tr></thead>
        <tbody>
        {{#strategies}}
        <tr><th scope="row">{{name}}</th><td class="num" data-label="Intents">{{intents}}</td><td class="num" data-label="Refused">{{rejected}}</td><td class="num" data-label="Trades">{{trades}}</td><td class="num" data-label="Won">{{won}}</td><td class="num" data-label="Price moves">{{price.text}}</td><td class="num" data-label="Costs">{{costs.text}}</td><td class="num {{net.tone}}" data-label="Net"><b>{{net.text}}</b></td></tr>
        {{/strategies}}
        </tbody>
        </table>
        {{^hasStrategies}}<p class="remark">No strategy took part in this run.</p>{{/hasStrategies}}
        </section>

        """
}
