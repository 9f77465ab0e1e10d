"""Shows records to pyspf, dkimpy and checkdmarc: one JSON question per line in, one JSON answer per line out.

All of them ask DNS through dnspython or a function; both are answered from `names`, {"NAME TYPE": [...]}, and nothing else.
"""
import json
import sys

import checkdmarc.dmarc
import checkdmarc.mta_sts
import checkdmarc.smtp_tls_reporting
import checkdmarc.spf
import dkim
import dns.exception
import dns.rdata
import dns.rdataclass
import dns.rdatatype
import dns.resolver
import spf

NAMES = {}


def answers(name, kind):
    return NAMES.get('%s %s' % (str(name).rstrip('.').lower(), kind), [])


def strings(text):
    """A TXT record as DNS carries it: strings of up to 255 bytes."""
    data = text.encode()
    return tuple(data[i:i + 255] for i in range(0, max(len(data), 1), 255))


def spf_lookup(name, kind, strict=True, timeout=20):
    if kind == 'TXT':
        return [((name, kind), strings(text)) for text in answers(name, kind)]
    if kind == 'MX':
        return [((name, kind), (10, exchange)) for exchange in answers(name, kind)]
    return [((name, kind), value) for value in answers(name, kind)]


class Resolver(dns.resolver.Resolver):
    """Answers from the table; what is not in it does not exist."""

    def __init__(self):
        super().__init__(configure=False)
        self.nameservers = ['127.0.0.1']

    def resolve(self, qname, rdtype='A', *args, **kwargs):
        kind = dns.rdatatype.to_text(dns.rdatatype.RdataType.make(rdtype))
        found = answers(qname, kind)
        if not found:
            raise dns.resolver.NXDOMAIN(qnames=[dns.name.from_text(str(qname))])
        form = {'TXT': lambda t: ' '.join('"%s"' % s.decode() for s in strings(t)), 'MX': lambda t: '10 %s.' % t}
        return [dns.rdata.from_text('IN', kind, form.get(kind, str)(value)) for value in found]


spf.DNSLookup = spf_lookup
RESOLVER = Resolver()


def judge_spf(q):
    result, text = spf.check2(i=q['ip'], s=q['sender'], h=q['helo'])
    return {'result': result, 'told': text}


def judge_cost(q):
    parsed = checkdmarc.spf.parse_spf_record(q['record'], q['domain'], resolver=RESOLVER)
    return {'lookups': parsed['dns_lookups'], 'voids': parsed['void_dns_lookups'], 'warnings': parsed['warnings']}


def judge_sign(q):
    message = q['message'].encode()
    header = dkim.sign(message, q['selector'].encode(), q['domain'].encode(), q['key'].encode(), signature_algorithm=q['algorithm'].encode())
    return {'message': (header + message).decode()}


def judge_dkim(q):
    def ask(name, timeout=5):
        found = answers(name.decode(), 'TXT')
        return found[0].encode() if found else None
    return {'pass': dkim.DKIM(q['message'].encode()).verify(dnsfunc=ask)}


def judge_dmarc(q):
    parsed = checkdmarc.dmarc.parse_dmarc_record(q['record'], q['domain'], resolver=RESOLVER)
    return {'tags': {tag: value['value'] for tag, value in parsed['tags'].items() if value['explicit']}, 'warnings': parsed['warnings']}


def judge_mta_sts(q):
    record = checkdmarc.mta_sts.parse_mta_sts_record(q['record'])
    policy = checkdmarc.mta_sts.parse_mta_sts_policy(q['policy'])
    return {'tags': record['tags'], 'policy': policy['policy'],
            'warnings': record['warnings'] + policy['warnings']}


def judge_tls_rpt(q):
    parsed = checkdmarc.smtp_tls_reporting.parse_smtp_tls_reporting_record(q['record'])
    return {'tags': {tag: value['value'] for tag, value in parsed['tags'].items()}, 'warnings': parsed['warnings']}


for line in sys.stdin:
    question = json.loads(line)
    NAMES = question.get('names', NAMES)
    try:
        answer = globals()['judge_' + question['ask']](question)
    except Exception as error:
        # What a library refuses, it says with an exception of its own; any other is a fault of this program.
        if type(error).__module__.split('.')[0] not in ('checkdmarc', 'dkim', 'spf'):
            raise
        answer = {'refused': '%s: %s' % (type(error).__name__, error)}
    print(json.dumps(answer, default=str), flush=True)
