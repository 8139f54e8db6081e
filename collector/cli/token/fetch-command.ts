import { routerAgentPath } from '../../../shared/wire.ts';
import { type RouterOptions, routerQuery } from '../../router-options.ts';

const place = '/etc/pantau-router.sh';
const service = '/etc/init.d/pantau-router';
const goOn = `The collector has accepted the first report of this router. So that it goes on by itself:
  OpenWrt  sh ${place} --init-script >${service}
           chmod 755 ${service}; ${service} enable; ${service} start
  others   a line for cron: * * * * * sh ${place} once
`;

/**
 * What an administrator pastes into the router's shell. The certificate travels with it, so that the router never has
 * to believe a certificate that it does not know; curl and GNU wget get the token in a way that `ps` does not show.
 */
export function fetchCommand(request: {
  url: string;
  token: string;
  certificatePem: string | undefined;
  options: RouterOptions;
}): string {
  const { url, token, certificatePem, options } = request;
  const address = `'${url}${routerAgentPath}${routerQuery(options)}'`;
  const isPinned = url.startsWith('https:') && certificatePem !== undefined;
  const pin = (option: string) => (isPinned ? ` ${option}/tmp/pantau-ca.pem` : '');
  const certificate = isPinned ? `cat >/tmp/pantau-ca.pem <<'PEM'\n${certificatePem.trim()}\nPEM\n` : '';
  const last = url.startsWith('https:')
    ? `echo 'The wget of this router cannot check a certificate: install curl, or copy the agent with --print.' >&2; false`
    : `wget -q --header "$H" -O ${place} ${address}`;
  return `# Paste this into the shell of the router, as root. Whoever has the token can speak for the router.
(umask 077; H='Authorization: Bearer ${token}'; trap 'rm -f /tmp/pantau-ca.pem /tmp/pantau-wgetrc' EXIT
${certificate}if command -v curl >/dev/null; then
printf '%s\\n' "$H" | curl -fsS${pin('--cacert ')} -H @- -o ${place} ${address}
elif wget --version 2>/dev/null | grep -q 'GNU Wget'; then
printf 'header = %s\\n' "$H" >/tmp/pantau-wgetrc
WGETRC=/tmp/pantau-wgetrc wget -nv${pin('--ca-certificate=')} -O ${place} ${address}
elif command -v uclient-fetch >/dev/null; then
uclient-fetch${pin('--ca-certificate=')} --header="$H" -O ${place} ${address}
else
${last}
fi && sh ${place} once && cat <<'TEXT'
${goOn}TEXT
)
`;
}
