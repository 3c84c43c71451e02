import Foundation

/// A page of the test's own that shows the report in frames of several widths and measures it there; nothing is put
/// into the report.
struct MeasuringPage {
    struct Measures: Decodable {
        let width: Int
        let height: Int
        /// As wide as what is in it: more than `width` where it would have to be scrolled sideways.
        let contentWidth: Int
        /// What the report asked for, but for itself.
        let requests: [String]
        /// Words that stand over the edge of the page, and not in a part that is scrolled.
        let clipped: [String]
        /// Labels of a chart that stand on each other.
        let crossing: [String]
        /// Words that are hard to tell from what is behind them (WCAG: contrast below 4.5).
        let pale: [String]
    }

    let html: String

    init(_ report: String, widths: [Int]) {
        let frames = widths.map { #"<iframe src="\#(report)" width="\#($0)" height="900"></iframe>"# }
        html = """
            <!DOCTYPE html><meta charset="utf-8">\(frames.joined())<pre id="measures"></pre><script>\(Self.script)</script>
            """
    }

    /// Reads what the script has written into the document.
    static func measures(in document: String) throws -> [Measures] {
        let start = document.range(of: #"<pre id="measures">"#)?.upperBound ?? document.endIndex
        let end =
            document.range(of: "</pre>", range: start..<document.endIndex)?.lowerBound ?? document.endIndex
        let json = document[start..<end].replacing("&lt;", with: "<").replacing("&gt;", with: ">")
            .replacing("&amp;", with: "&")
        return try JSONDecoder().decode([Measures].self, from: Data(json.utf8))
    }

    private static let script = """
        function seen(e){const r=e.getBoundingClientRect();return r.width>1&&r.height>1}
        function own(e){return [...e.childNodes].some(n=>n.nodeType==3&&n.data.trim())}
        function rgb(c){return (c.match(/[\\d.]+/g)||[0,0,0,0]).map(Number)}
        function light(c){return [0,1,2].map(i=>{const v=c[i]/255;return v<=.03928?v/12.92:((v+.055)/1.055)**2.4})
          .reduce((s,v,i)=>s+v*[.2126,.7152,.0722][i],0)}
        function behind(e,w){for(;e;e=e.parentElement){const c=rgb(w.getComputedStyle(e).backgroundColor);
          if(c.length<4||c[3]>.99)return c}return [255,255,255]}
        function measure(f){
          const w=f.contentWindow,d=w.document,root=d.documentElement;
          const words=[...d.querySelectorAll('body *')].filter(e=>own(e)&&seen(e)&&!e.closest('title,desc,style')
            &&w.getComputedStyle(e).clipPath=='none'&&!e.closest('.unseen'));
          const clipped=words.filter(e=>{const r=e.getBoundingClientRect();
            return !e.closest('.scroll')&&(r.right>root.clientWidth+.5||r.left<-.5)}).map(e=>e.textContent);
          const pale=words.filter(e=>{const s=w.getComputedStyle(e);
            const a=light(rgb(e.namespaceURI.endsWith('svg')?s.fill:s.color)),b=light(behind(e,w));
            return (Math.max(a,b)+.05)/(Math.min(a,b)+.05)<4.5}).map(e=>e.textContent);
          const crossing=[];
          for(const s of d.querySelectorAll('figure>svg')){
            const b=[...s.querySelectorAll('text')].filter(seen).map(e=>[e.textContent,e.getBoundingClientRect()]);
            b.forEach(([t,p],i)=>b.slice(i+1).forEach(([u,q])=>{if(p.left<q.right&&q.left<p.right
              &&p.top+2<q.bottom&&q.top+2<p.bottom)crossing.push(t+' | '+u)}))}
          return {width:root.clientWidth,contentWidth:root.scrollWidth,height:root.scrollHeight,
            requests:w.performance.getEntriesByType('resource').map(r=>r.name),clipped,crossing,pale}}
        onload=()=>{document.getElementById('measures').textContent=
          JSON.stringify([...document.querySelectorAll('iframe')].map(measure))}
        """
}
