"""Puts the page together and serves it: `build_app(service)` is the page, `launch()` the server."""

from __future__ import annotations

import os
import signal

import gradio as gr
from starlette.middleware import Middleware

from model.errors import UsageError
from model.heaps import few_heaps
from recruiter_ui import (
    access,
    access_oauth,
    admin,
    api,
    candidate,
    compare,
    health,
    history,
    intake,
    labels,
    log,
    markup,
    review,
    screen,
    screening,
    sharing,
    theme,
    uploads,
)
from recruiter_ui.access_desk import Desk
from recruiter_ui.access_doors import is_loopback
from recruiter_ui.access_gate import Gate
from recruiter_ui.headers import SafeHeaders
from recruiter_ui.i18n import bundle, lazy, t
from recruiter_ui.login_look import WATCH
from recruiter_ui.privacy import Keeper, policy
from recruiter_ui.records.users import any_users
from recruiter_ui.service import TYPICAL_LOAD_SECONDS, Service
from recruiter_ui.session import Session
from recruiter_ui.shell import Shell, plain

HOST = "127.0.0.1"
DAY = 24 * 3600


def build_app(service: Service) -> gr.Blocks:
    """The page. Nothing is loaded and no address is opened by building it."""
    with access_oauth.Page(title="Shortlist", analytics_enabled=False, delete_cache=(3600, DAY),
                   fill_width=True) as app:
        session = gr.State(Session(), time_to_live=DAY, delete_callback=lambda held: held.close())
        with gr.Row(elem_classes="sl-header"):
            gr.HTML(markup.HEADER, elem_classes="sl-headline")
            account = gr.Button(lazy("Account"), link="/account", link_target="_self", size="sm", visible=False,
                                scale=0, min_width=90, elem_id="account")
            engine = gr.HTML(markup.engine("loading", 0.0, TYPICAL_LOAD_SECONDS), elem_id="engine")
        trouble = plain(lazy("The model could not be loaded"), visible=False, elem_classes="sl-warning",
                        elem_id="trouble")
        with gr.Tabs(selected="screen", elem_id="tabs") as tabs:
            shell = Shell(service, session, tabs)
            with gr.Tab(lazy("Screen"), id="screen") as screen_tab:
                screen_ui = screen.layout(shell)
            with gr.Tab(lazy("Candidate"), id="candidate") as candidate_tab:
                candidate_ui = candidate.layout(shell)
            with gr.Tab(lazy("Review"), id="review") as review_tab:
                review_ui = review.layout(shell)
            with gr.Tab(lazy("Compare"), id="compare") as compare_tab:
                compare_ui = compare.layout(shell)
            with gr.Tab(lazy("History"), id="history") as history_tab:
                history_ui = history.layout(shell)
                shared = sharing.layout()
            with gr.Tab(lazy("Past decisions"), id="labels"):
                labels_ui = labels.layout(shell)
            with gr.Tab("Admin", id="admin") as admin_tab:
                admin_ui = admin.layout(shell)
        screen.wire(shell, screen_ui, screen_tab, candidate.show, candidate_ui.outputs())
        candidate.wire(shell, candidate_ui, candidate_tab)
        compare.wire(shell, compare_ui, compare_tab)
        review.wire(shell, review_ui, review_tab)
        history.wire(shell, history_ui, history_tab, *screen.redrawing(shell, screen_ui))
        sharing.wire(shell, shared, history_ui)
        labels.wire(shell, labels_ui)
        admin.wire(shell, admin_ui, admin_tab)
        screen.attach(shell, screen_ui, app)
        app.load(lambda: gr.Button(visible=access.current_user().session is not None), None, account,
                 api_name="account_link", show_progress="hidden")
        api.add(service)
        clock = gr.Timer(1.0)
        clock.tick(lambda chosen: _engine(service, chosen), screen_ui.adapter,
                   [engine, trouble, screen_ui.adapter, clock], api_name="engine_status", show_progress="hidden")
    api.describe(app)
    return access.guard(app.queue(default_concurrency_limit=16))


def _engine(service: Service, chosen: str) -> tuple:
    """The header's chip; the clock stops once loading has ended."""
    status = service.status()
    ended = status.state in ("ready", "failed")
    failed = status.state == "failed"
    judges = [(t(words), key) for key, words in screening.JUDGES.items()
              if key in status.adapters or key == "both" and len(status.adapters) > 1]
    keys = [key for _, key in judges]
    choice = gr.Radio(choices=judges, value=chosen if chosen in keys else keys[0]) if judges else gr.skip()
    return (markup.engine(status.state, status.seconds, TYPICAL_LOAD_SECONDS, status.adapters),
            gr.Textbox(value=status.message if failed else "", visible=failed), choice, gr.Timer(active=not ended))


def port() -> int:
    """The port asked for by GRADIO_SERVER_PORT, else 7860. Raises UsageError where that is no port."""
    stated = os.environ.get("GRADIO_SERVER_PORT") or "7860"
    if not stated.isdigit() or not 0 < int(stated) < 65536:
        raise UsageError(f"GRADIO_SERVER_PORT={stated!r} is no port: give a number from 1 to 65535")
    return int(stated)


def front_desk(service: Service, host: str) -> Desk:
    """The sign-in for a server on `host`. Raises UsageError where others could come in and there are no users."""
    desk = Desk(service.store, network=not is_loopback(host))
    policy(), uploads.quota()  # settings that are no numbers are told now, not when they are needed
    if desk.network and not access_oauth.enabled() and not any_users(service.store):
        raise UsageError(f"{host} can be reached by others, and there is no user who could sign in: create one first: "
                         "python app.py users add NAME --role admin")
    return desk


def launch(service: Service | None = None, *, block: bool = True, server_port: int | None = None,
           quiet: bool = False, host: str | None = None, mcp: bool = False) -> gr.Blocks:
    """Serve the page; the engine begins to load once the page is up.

    `host`: the address to listen on (default: SHORTLIST_HOST, else this computer only). `mcp`: be an MCP server, too.
    """
    few_heaps()
    service, host = service or Service(), host or os.environ.get("SHORTLIST_HOST") or HOST
    mcp, desk = api.mcp_wanted(mcp), front_desk(service, host)
    uploads.prepare(service.store.folder)
    log.write_to(service.store.folder)
    app = build_app(service)
    where = server_port or port()
    try:
        app.launch(server_name=host, server_port=where, share=False, prevent_thread_lock=True, quiet=True,
                   show_error=False, run_history=False, footer_links=["settings"], allowed_paths=[],
                   max_file_size=intake.MAX_ZIP_BYTES, enable_monitoring=False, pwa=False, ssr_mode=False,
                   theme=theme.theme(), css=theme.css(), js=theme.JS, head=theme.HEAD + WATCH, i18n=bundle(),
                   mcp_server=mcp,
                   app_kwargs={"middleware": [Middleware(SafeHeaders), Middleware(Gate, desk=desk, mcp=mcp)],
                               "routes": health.routes(service)})
    except OSError as error:
        raise UsageError(f"port {where} is taken: end what uses it, or set GRADIO_SERVER_PORT to another") from error
    api.keep_tools(app)
    if not quiet:
        print(f"Shortlist is at http://{host}:{where} (Ctrl-C ends it)", flush=True)
    service.start()
    app.keeper = Keeper(app, service.store)
    if block:
        signal.signal(signal.SIGTERM, _interrupt)
        app.block_thread()  # until Ctrl-C or SIGTERM
        app.keeper.stop()
        service.stop()
    return app


def _interrupt(*_) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    launch()
